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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;

import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.control.FakeMaster;
import io.prefork.boot.control.MasterConnection;
import io.prefork.boot.drain.Connections;
import io.prefork.boot.transport.EpollTransport;
import io.prefork.boot.transport.TransportLoops;
import io.prefork.protocol.FromWorker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Probe}.
 */
class ProbeTests {

	private final AcceptGate gate = new AcceptGate();

	private final Connections connections = new Connections();

	private final List<ServerHttpRequest> requests = new CopyOnWriteArrayList<>();

	private final List<WebServer> servers = new CopyOnWriteArrayList<>();

	@TempDir
	Path directory;

	private FakeMaster master;

	private MasterConnection connection;

	@BeforeEach
	void connect() throws IOException {
		this.master = FakeMaster.start(this.directory);
		this.connection = this.master.connect();
	}

	@AfterEach
	void stop() {
		this.servers.forEach(WebServer::stop);
		this.master.close();
	}

	@Test
	void whenApplicationAnswersThenItsStatusIsTheResultWhateverItIs() {
		start(factory());

		assertThat(Probe.ask(this.gate, "/200")).isEqualTo(200);
		assertThat(Probe.ask(this.gate, "/404")).isEqualTo(404);
		assertThat(Probe.ask(this.gate, "/500")).isEqualTo(500);
	}

	@Test
	void whenApplicationIsAskedThenItSeesWhoAsks() {
		start(factory());

		assertThat(Probe.ask(this.gate, "/200?warm=true")).isEqualTo(200);

		assertThat(this.requests).singleElement().satisfies((request) -> {
			assertThat(request.getURI()).hasPath("/200").hasQuery("warm=true");
			assertThat(request.getHeaders().getFirst(HttpHeaders.USER_AGENT)).isEqualTo("prefork-probe");
			assertThat(request.getHeaders().getFirst(HttpHeaders.HOST)).isEqualTo("localhost");
		});
	}

	@Test
	void whenConnectionsWaitInFrontOfTheGateThenTheyGoOnWaiting() throws Exception {
		int port = start(factory());
		try (RawClient client = RawClient.connect(port)) {
			client.get("/200");

			assertThat(Probe.ask(this.gate, "/404")).isEqualTo(404);

			assertThat(client.isSilentFor(Duration.ofMillis(200))).isTrue();
			this.gate.open();
			assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 200");
		}
	}

	@Test
	void whenThereAreSeveralServersThenTheFirstIsAsked() {
		start(factory());
		NettyReactiveWebServerFactory second = factory();
		WebServer other = second.getWebServer((request, response) -> {
			response.setStatusCode(HttpStatusCode.valueOf(418));
			return response.setComplete();
		});
		other.start();
		this.servers.add(other);

		assertThat(Probe.ask(this.gate, "/200")).isEqualTo(200);
	}

	@Test
	void whenApplicationDoesNotAnswerInTimeThenTheProbeHasFailed() {
		start(factory());
		long start = System.nanoTime();

		int status = Probe.ask(this.gate, "/never", Duration.ofMillis(500));

		assertThat(status).isEqualTo(FromWorker.Ready.PROBE_FAILED);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(500),
				Duration.ofSeconds(5));
	}

	@Test
	void whenAnswerHasNoEndThenItsHeadIsEnough() {
		start(factory());

		assertThat(Probe.ask(this.gate, "/endless", Duration.ofMillis(500))).isEqualTo(200);
	}

	@Test
	void whenThereIsNothingToAskThenThereIsNoProbe() {
		assertThat(Probe.ask(this.gate, "/200")).isZero();
		start(factory());

		assertThat(Probe.ask(this.gate, "")).isZero();

		assertThat(this.requests).isEmpty();
	}

	@Test
	void whenServerSpeaksTlsThenItIsAskedOverTls() throws Exception {
		NettyReactiveWebServerFactory factory = factory();
		speakTls(factory, Ssl.ClientAuth.NONE);
		Http2 http2 = new Http2();
		http2.setEnabled(true);
		factory.setHttp2(http2);
		start(factory);

		assertThat(Probe.ask(this.gate, "/404")).isEqualTo(404);
	}

	@Test
	void whenServerWantsCertificateOfTheClientThenThereIsNoProbe() throws Exception {
		NettyReactiveWebServerFactory factory = factory();
		speakTls(factory, Ssl.ClientAuth.NEED);
		start(factory);

		assertThat(Probe.ask(this.gate, "/200")).isZero();
	}

	@Test
	void whenServerSpeaksOnlyHttp2ThenThereIsNoProbe() {
		NettyReactiveWebServerFactory factory = factory();
		factory.addServerCustomizers((server) -> server.protocol(HttpProtocol.H2C));
		start(factory);

		assertThat(Probe.ask(this.gate, "/200")).isZero();
	}

	@Test
	void whenServerSpeaksBothVersionsWithoutTlsThenItIsAsked() {
		NettyReactiveWebServerFactory factory = factory();
		factory.addServerCustomizers((server) -> server.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C));
		start(factory);

		assertThat(Probe.ask(this.gate, "/200")).isEqualTo(200);
	}

	private NettyReactiveWebServerFactory factory() {
		NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(0);
		new ListenerCustomizer(new ServerResources(this.connection, new TransportLoops(EpollTransport::new), this.gate,
				this.connections, (loops) -> {
				}, null), List.of())
			.customize(factory);
		return factory;
	}

	private int start(NettyReactiveWebServerFactory factory) {
		WebServer server = factory.getWebServer(this::handle);
		server.start();
		this.servers.add(server);
		await().until(() -> this.gate.firstListener() != null);
		return server.getPort();
	}

	private Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		this.requests.add(request);
		String path = request.getPath().value();
		if (path.equals("/never")) {
			return Mono.never();
		}
		if (path.equals("/endless")) {
			Mono<DataBuffer> beginning = Mono
				.fromSupplier(() -> response.bufferFactory().wrap("beginning".getBytes(StandardCharsets.US_ASCII)));
			return response.writeAndFlushWith(Flux.just(beginning).concatWith(Flux.never()));
		}
		response.setStatusCode(HttpStatusCode.valueOf(Integer.parseInt(path.substring(1))));
		return response.setComplete();
	}

	private void speakTls(NettyReactiveWebServerFactory factory, Ssl.ClientAuth clientAuth) throws Exception {
		Ssl ssl = Ssl.forBundle("test");
		ssl.setClientAuth(clientAuth);
		factory.setSsl(ssl);
		factory.setSslBundles(new DefaultSslBundleRegistry("test", TestCertificate.in(this.directory).bundle()));
	}

}
