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

package io.prefork.boot.transport;

import java.net.ConnectException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ServerChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.boot.web.RawClient;
import io.prefork.boot.web.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link NioTransport} and {@link OwnServerSocketChannel}.
 */
class NioTransportTests {

	private static final int CLIENTS = 30;

	@TempDir
	Path directory;

	@Test
	void whenGateIsClosedThenWorkerKnowsItsPortAndTheKernelGivesItNoConnection() throws Exception {
		try (TestServer server = TestServer.closed(this.directory, new NioTransport())) {
			assertThat(server.master().addresses()).singleElement().asString().endsWith(":" + server.port());
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> RawClient.connect(server.port()));

			server.gate.open();

			try (RawClient client = connect(server)) {
				assertThat(client.get("/first").readTo("/first")).startsWith("HTTP/1.1 200 OK");
				assertThat(client.get("/second").readTo("/second")).startsWith("HTTP/1.1 200 OK");
			}
		}
	}

	@Test
	void whenGateIsShutThenWhatWaitsInTheQueueIsServed() throws Exception {
		List<RawClient> clients = new ArrayList<>();
		try (TestServer server = TestServer.closed(this.directory, new NioTransport())) {
			server.gate.open();
			connect(server).close();
			CountDownLatch held = hold(server);
			for (int i = 0; i < CLIENTS; i++) {
				clients.add(RawClient.connect(server.port()).get("/hello"));
			}

			CompletableFuture<Void> shut = CompletableFuture.runAsync(() -> server.gate.shut(Duration.ZERO));
			await().pollDelay(Duration.ofMillis(100)).until(() -> true);
			held.countDown();
			shut.join();

			for (RawClient client : clients) {
				assertThat(client.readTo("/hello")).startsWith("HTTP/1.1 200 OK");
			}
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> RawClient.connect(server.port()));
		}
		finally {
			for (RawClient client : clients) {
				client.close();
			}
		}
	}

	@Test
	void whenSomebodyElseListensOnThePortMeanwhileThenTheListenerIsLost() throws Exception {
		try (TestServer server = TestServer.closed(this.directory, new NioTransport());
				ServerSocket other = new ServerSocket(server.port())) {
			server.gate.open();

			assertThat(server.gate.lost()).succeedsWithin(Duration.ofSeconds(30));
			assertThat(other.isBound()).isTrue();
		}
	}

	private static RawClient connect(TestServer server) {
		return await().ignoreException(ConnectException.class)
			.until(() -> RawClient.connect(server.port()), Objects::nonNull);
	}

	/**
	 * Keep the listener from accepting.
	 * @param server the server
	 * @return ends that
	 */
	private static CountDownLatch hold(TestServer server) {
		CountDownLatch held = new CountDownLatch(1);
		ServerChannel listener = Objects.requireNonNull(server.gate.firstListener());
		listener.eventLoop().submit(() -> held.await(10, TimeUnit.SECONDS));
		return held;
	}

}
