/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.prefork.boot.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.publisher.Mono;

import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.control.BindAddress;
import io.prefork.boot.control.FakeMaster;
import io.prefork.boot.control.ListenerRefusedException;
import io.prefork.boot.drain.Connections;
import io.prefork.boot.transport.EpollTransport;
import io.prefork.boot.transport.TransportLoops;
import io.prefork.protocol.FromWorker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link ListenerCustomizer} and {@link ListenerLoopResources}.
 */
class ListenerCustomizerTests {

	@TempDir
	Path directory;

	@Test
	void whenProcessIsNoWorkerThenServerIsLeftAlone() {
		NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(0);
		int before = factory.getServerCustomizers().size();

		new ListenerCustomizer(new ServerResources(null, new TransportLoops(EpollTransport::new), new AcceptGate(),
				new Connections(), (loops) -> {
				}, null), List.of())
			.customize(factory);

		assertThat(factory.getServerCustomizers()).hasSize(before);
	}

	@Test
	void whenServerStartsThenItAsksTheMasterForItsAddressAndKnowsTheTruePort() throws Exception {
		try (FakeMaster master = FakeMaster.start(this.directory)) {
			WebServer server = server(master, 0, null);

			server.start();

			assertThat(master.received()).satisfiesExactly((message) -> assertThat(message)
				.isInstanceOfSatisfying(FromWorker.Listen.class, (listen) -> assertThat(listen.port()).isZero()));
			assertThat(master.addresses()).singleElement().asString().endsWith(":" + server.getPort());
			server.stop();
		}
	}

	@Test
	void whenThereIsNoResourceFactoryThenServerServesOnSharedLoops() throws Exception {
		try (FakeMaster master = FakeMaster.start(this.directory)) {
			WebServer server = server(master, 0, null);
			server.start();

			try (RawClient client = RawClient.connect(server.getPort())) {
				assertThat(client.get("/").readTo("\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
			}
			server.stop();
		}
	}

	@Test
	void whenServerHasSeveralAddressesThenItServesOnAllAndItsPortIsThatOfTheFirst() throws Exception {
		Path file = this.directory.resolve("app.sock");
		try (FakeMaster master = FakeMaster.start(this.directory)) {
			WebServer server = server(master, 1, null, List.of(BindAddress.of("unix:" + file),
					BindAddress.of("127.0.0.1:0"), BindAddress.of("127.0.0.2:0")), (loops) -> {
					});
			server.start();

			List<String> addresses = master.addresses();
			assertThat(addresses).hasSize(3).contains("127.0.0.1:" + server.getPort(), "unix:" + file);
			for (String address : addresses) {
				assertThat(ask(address)).as(address).startsWith("HTTP/1.1 200 OK");
			}
			server.stop();
		}
	}

	@Test
	void whenServerHasNoPortThenItServesOnItsUnixDomainSocket() throws Exception {
		Path file = this.directory.resolve("app.sock");
		try (FakeMaster master = FakeMaster.start(this.directory)) {
			WebServer server = server(master, 1, null, List.of(BindAddress.of("unix:" + file)), (loops) -> {
			});
			server.start();

			assertThat(server.getPort()).isEqualTo(-1);
			assertThat(ask("unix:" + file)).startsWith("HTTP/1.1 200 OK");
			server.stop();
		}
	}

	@Test
	void whenServerStopsThenTheListenerStaysWithTheMaster() throws Exception {
		try (FakeMaster master = FakeMaster.start(this.directory)) {
			WebServer server = server(master, 0, null);
			server.start();
			int port = server.getPort();

			server.stop();

			try (RawClient client = RawClient.connect(port)) {
				assertThat(client.get("/")).isNotNull();
			}
		}
	}

	@Test
	void whenMasterRefusesThenTheStartFailsWithItsReason() throws Exception {
		try (FakeMaster master = FakeMaster.start(this.directory);
				ServerSocket owner = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
			WebServer server = server(master, owner.getLocalPort(), null);

			assertThatException().isThrownBy(server::start)
				.satisfies((ex) -> assertThat(ex).hasRootCauseInstanceOf(ListenerRefusedException.class)
					.rootCause()
					.hasMessageContaining(String.valueOf(owner.getLocalPort())));
		}
	}

	@Test
	void whenEventLoopsOfTheUserAreNotOnEpollThenServerHasItsOwn() throws Exception {
		EventLoopGroup nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		List<EventLoopGroup> serving = new ArrayList<>();
		try (FakeMaster master = FakeMaster.start(this.directory)) {
			WebServer server = server(master, 0, resources(nio), serving::add);
			server.start();

			try (RawClient client = RawClient.connect(server.getPort())) {
				assertThat(client.get("/").readTo("\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
			}
			assertThat(serving).singleElement().isNotSameAs(nio);
			server.stop();
		}
		nio.shutdownGracefully();
	}

	@Test
	void whenEventLoopsOfTheUserAreOnEpollThenServerSharesThem() throws Exception {
		EventLoopGroup epoll = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
		List<EventLoopGroup> serving = new ArrayList<>();
		try (FakeMaster master = FakeMaster.start(this.directory)) {
			WebServer server = server(master, 0, resources(epoll), serving::add);

			server.start();

			assertThat(serving).containsExactly(epoll);
			server.stop();
		}
		epoll.shutdownGracefully();
	}

	private static String ask(String address) throws IOException {
		String port = address.substring(address.lastIndexOf(':') + 1);
		SocketAddress target = address.startsWith("unix:") ? UnixDomainSocketAddress.of(port)
				: new InetSocketAddress(address.substring(0, address.lastIndexOf(':')), Integer.parseInt(port));
		try (SocketChannel client = SocketChannel.open(target)) {
			client.write(StandardCharsets.US_ASCII.encode("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
			ByteBuffer answer = ByteBuffer.allocate(1024);
			client.read(answer);
			return StandardCharsets.US_ASCII.decode(answer.flip()).toString();
		}
	}

	private static ReactorResourceFactory resources(EventLoopGroup loops) {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setLoopResourcesSupplier(() -> (useNative) -> loops);
		resources.start();
		return resources;
	}

	private static WebServer server(FakeMaster master, int port, @Nullable ReactorResourceFactory resources)
			throws IOException {
		return server(master, port, resources, (loops) -> {
		});
	}

	private static WebServer server(FakeMaster master, int port, @Nullable ReactorResourceFactory resources,
			Consumer<EventLoopGroup> serving) throws IOException {
		return server(master, port, resources, List.of(), serving);
	}

	private static WebServer server(FakeMaster master, int port, @Nullable ReactorResourceFactory resources,
			List<BindAddress> addresses, Consumer<EventLoopGroup> serving) throws IOException {
		AcceptGate gate = new AcceptGate();
		gate.open();
		NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(port);
		new ListenerCustomizer(new ServerResources(master.connect(), new TransportLoops(EpollTransport::new), gate,
				new Connections(), serving, resources), addresses)
			.customize(factory);
		return factory.getWebServer((request, response) -> Mono.empty());
	}

}
