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

package io.prefork.boot.accept;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.boot.web.RawClient;
import io.prefork.boot.web.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AcceptGate}.
 */
class AcceptGateTests {

	private static final Duration MOMENT = Duration.ofMillis(200);

	@Test
	void whenGateIsClosedThenConnectionWaits(@TempDir Path directory) throws Exception {
		try (TestServer server = TestServer.closed(directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/hello");

			boolean silent = client.isSilentFor(MOMENT);

			assertThat(silent).isTrue();
			assertThat(server.requests).hasValue(0);
		}
	}

	@Test
	void whenGateOpensThenWaitingConnectionIsServed(@TempDir Path directory) throws Exception {
		try (TestServer server = TestServer.closed(directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/hello");

			server.gate.open();

			assertThat(client.readTo("/hello")).startsWith("HTTP/1.1 200 OK");
		}
	}

	@Test
	void whenServerStartsAfterTheGateOpenedThenItAccepts(@TempDir Path directory) throws Exception {
		AcceptGate gate = new AcceptGate();
		gate.open();

		try (TestServer server = TestServer.with(directory, gate, false);
				RawClient client = RawClient.connect(server.port())) {
			assertThat(client.get("/hello").readTo("/hello")).startsWith("HTTP/1.1 200 OK");
		}
	}

	@Test
	void whenGateIsShutThenConnectionStaysInTheQueueOfTheMaster(@TempDir Path directory) throws Exception {
		try (TestServer server = TestServer.open(directory)) {
			server.gate.shut(Duration.ZERO);

			try (RawClient client = RawClient.connect(server.port())) {
				assertThat(client.get("/hello").isSilentFor(MOMENT)).isTrue();
				assertThat(server.requests).hasValue(0);
			}
		}
	}

	@Test
	void whenLastCallThenWaitingConnectionIsServedFirst(@TempDir Path directory) throws Exception {
		try (TestServer server = TestServer.open(directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/hello");

			server.gate.shut(Duration.ofSeconds(1));

			assertThat(client.readTo("/hello")).startsWith("HTTP/1.1 200 OK");
			assertThat(server.gate.isShut()).isTrue();
		}
	}

	@Test
	void whenNothingListensThenShutIsForGoodAllTheSame() {
		AcceptGate gate = new AcceptGate();

		gate.shut(Duration.ZERO);

		gate.open();
		assertThat(gate.isShut()).isTrue();
	}

	@Test
	void whenFullThenItAcceptsAgainWhenItIsNotAnyMore() {
		AcceptGate gate = new AcceptGate();
		EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
		ServerChannel listener = new EpollServerSocketChannel();
		loop.register(listener).syncUninterruptibly();
		listener.config().setAutoRead(false);
		gate.full(true);
		gate.addListener(listener, true);

		gate.open();

		assertThat(gate.isOpen()).isTrue();
		assertThat(gate.isAccepting()).isFalse();
		assertThat(listener.config().isAutoRead()).isFalse();
		gate.full(false);
		assertThat(gate.isAccepting()).isTrue();
		assertThat(listener.config().isAutoRead()).isTrue();
		gate.full(true);
		assertThat(listener.config().isAutoRead()).isFalse();
		loop.shutdownGracefully();
	}

	@Test
	void whenSocketComesWhileTheGateIsBeingShutThenItIsClosed(@TempDir Path directory) throws Exception {
		EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
		ServerChannel socket = new EpollServerSocketChannel();
		loop.register(socket).syncUninterruptibly();
		try (TestServer server = TestServer.open(directory)) {
			Thread shut = new Thread(() -> server.gate.shut(Duration.ofSeconds(1)));
			shut.start();
			// It waits for the listener's end.
			await().until(() -> shut.getState() == Thread.State.TIMED_WAITING);

			server.gate.add(socket);

			shut.join();
			assertThat(socket.closeFuture().await(30, TimeUnit.SECONDS)).isTrue();
		}
		loop.shutdownGracefully();
	}

	@Test
	void whenListenerIsClosedThenItIsLostOnlyWhileTheGateIsOpen(@TempDir Path directory) throws Exception {
		try (TestServer server = TestServer.open(directory)) {
			server.gate.shut(Duration.ZERO);

			assertThat(server.gate.lost()).isNotDone();
		}
		try (TestServer server = TestServer.open(directory)) {
			server.gate.listeners().forEach((listener) -> listener.close().syncUninterruptibly());

			assertThat(server.gate.lost()).isCompleted();
		}
	}

}
