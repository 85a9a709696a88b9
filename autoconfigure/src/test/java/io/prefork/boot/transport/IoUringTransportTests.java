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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.boot.web.RawClient;
import io.prefork.boot.web.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link IoUringTransport}, which are skipped where there is no io_uring.
 */
class IoUringTransportTests {

	private static final Duration MOMENT = Duration.ofMillis(200);

	private static final int CLIENTS = 60;

	@TempDir
	Path directory;

	@BeforeAll
	static void prepare() {
		assumeThat(IoUringObstacle.find()).isNull();
	}

	@Test
	void whenConnectionIsKeptThenItIsServedAgain() throws Exception {
		try (TestServer server = start(); RawClient client = RawClient.connect(server.port())) {
			assertThat(client.get("/first").readTo("/first")).startsWith("HTTP/1.1 200 OK");
			assertThat(client.get("/second").readTo("/second")).startsWith("HTTP/1.1 200 OK");
		}
	}

	@Test
	void whenGateIsShutThenConnectionStaysInTheQueueOfTheMaster() throws Exception {
		try (TestServer server = start()) {
			server.gate.shut(Duration.ZERO);

			try (RawClient client = RawClient.connect(server.port())) {
				assertThat(client.get("/hello").isSilentFor(MOMENT)).isTrue();
				assertThat(server.requests).hasValue(0);
			}
		}
	}

	@Test
	void whenGateIsShutWhileConnectionsArriveThenThoseAcceptedAreServed() throws Exception {
		List<RawClient> clients = new ArrayList<>();
		try (TestServer server = start()) {
			CompletableFuture<Void> shut = CompletableFuture.completedFuture(null);
			for (int i = 0; i < CLIENTS; i++) {
				clients.add(RawClient.connect(server.port()).get("/hello"));
				if (i == CLIENTS / 2) {
					shut = CompletableFuture.runAsync(() -> server.gate.shut(Duration.ZERO));
				}
			}
			shut.join();

			List<RawClient> silent = new ArrayList<>(clients);
			Awaitility.await().untilAsserted(() -> {
				silent.removeIf(IoUringTransportTests::isAnswered);
				assertThat(server.requests).hasValue(CLIENTS - silent.size());
			});
		}
		finally {
			for (RawClient client : clients) {
				client.close();
			}
		}
	}

	private static boolean isAnswered(RawClient client) {
		try {
			if (client.isSilentFor(Duration.ofMillis(20))) {
				return false;
			}
			// The first byte has been read.
			assertThat(client.readTo("/hello")).startsWith("TTP/1.1 200 OK");
			return true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private TestServer start() throws Exception {
		return TestServer.open(this.directory, IoUringTransport.orEpoll());
	}

}
