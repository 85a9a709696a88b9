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

package io.prefork.boot.drain;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.web.Http2Client;
import io.prefork.boot.web.LongAnswers;
import io.prefork.boot.web.RawClient;
import io.prefork.boot.web.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for how event streams, downloads and uploads end in a drain.
 */
class StreamDrainTests {

	private static final Duration BUDGET = Duration.ofSeconds(2);

	private static final Duration LONG_BUDGET = BUDGET.multipliedBy(2);

	private static final Duration SHORT = Duration.ofMillis(500);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@TempDir
	Path directory;

	@Test
	void whenEventStreamIsOpenNearTheEndThenItIsCompletedAndTheConnectionClosesInOrder() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/long/events").readTo(LongAnswers.EVENT + "\r\n");

			CompletableFuture<Integer> drained = drain(server, LONG_BUDGET);

			assertThat(client.isSilentFor(SHORT)).isTrue();
			assertThat(client.readToEnd()).isEqualTo("0\r\n\r\n");
			client.hangUp();
			assertThat(cut(drained)).isZero();
			await().until(() -> server.longAnswers.cancelled.get() == 1);
		}
	}

	@Test
	void whenClientOfEndedEventStreamLingersThenItIsNotCut() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/long/events").readTo(LongAnswers.EVENT + "\r\n");

			CompletableFuture<Integer> drained = drain(server, Duration.ofMillis(800));

			assertThat(cut(drained)).isZero();
			assertThat(client.readToEnd()).isEqualTo("0\r\n\r\n");
		}
	}

	@Test
	void whenEventsGoOnThenNothingFollowsTheLastChunk() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/long/ticks").readTo(LongAnswers.EVENT);

			CompletableFuture<Integer> drained = drain(server, BUDGET);

			assertThat(client.readToEnd()).endsWith(LongAnswers.EVENT + "\r\n0\r\n\r\n").containsOnlyOnce("\r\n0\r\n");
			assertThat(cut(drained)).isZero();
			await().until(() -> server.longAnswers.cancelled.get() == 1);
		}
	}

	@Test
	void whenRequestWaitsBehindAnEventStreamThenItIsNotCarriedOut() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/long/ticks").readTo(LongAnswers.EVENT);
			client.get("/hello");

			CompletableFuture<Integer> drained = drain(server, BUDGET);

			assertThat(client.readToEnd()).endsWith(LongAnswers.EVENT + "\r\n0\r\n\r\n");
			assertThat(cut(drained)).isZero();
			assertThat(server.requests).hasValue(1);
		}
	}

	@Test
	void whenEventStreamBeganInTheDrainThenItIsCompletedToo() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/hello").readTo("/hello");
			CompletableFuture<Integer> drained = drain(server, BUDGET);
			await().until(server.gate::isShut);

			String answer = client.get("/long/events").readToEnd();

			assertThat(answer).containsIgnoringCase("\r\nConnection: close\r\n")
				.endsWith(LongAnswers.EVENT + "\r\n0\r\n\r\n");
			assertThat(cut(drained)).isZero();
		}
	}

	@Test
	void whenClientSpeaksHttp10ThenItsEventStreamEndsInOrder() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.write("GET /long/events HTTP/1.0\r\n\r\n");
			client.readTo(LongAnswers.EVENT);

			CompletableFuture<Integer> drained = drain(server, BUDGET);

			assertThat(client.readToEnd()).isIn("", "\r\n0\r\n\r\n");
			assertThat(cut(drained)).isZero();
		}
	}

	@Test
	void whenEventStreamIsOnHttp2ThenItsStreamEnds() throws Exception {
		AcceptGate gate = new AcceptGate();
		gate.open();
		try (TestServer server = TestServer.with(this.directory, gate, true);
				Http2Client client = Http2Client.connect(server.port())) {
			CompletableFuture<String> events = client.get("/long/events");
			await().until(() -> server.requests.get() == 1);

			CompletableFuture<Integer> drained = drain(server, BUDGET);

			assertThat(events.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(LongAnswers.EVENT);
			assertThat(cut(drained)).isZero();
			await().until(() -> server.longAnswers.cancelled.get() == 1);
		}
	}

	@Test
	void whenDownloadHasALengthThenItIsCutAndSeenToBeIncomplete() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			String head = client.get("/long/download").readTo("\r\n\r\n");

			CompletableFuture<Integer> drained = drain(server, BUDGET);

			assertThat(head).containsIgnoringCase("\r\nContent-Length: 100\r\n");
			assertThat(client.readToEnd()).isEqualTo("the first part");
			assertThat(cut(drained)).isEqualTo(1);
		}
	}

	@Test
	void whenDownloadIsChunkedThenItIsCutAndSeenToBeIncomplete() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/stream").readTo("/stream\r\n");

			CompletableFuture<Integer> drained = drain(server, BUDGET);

			assertThat(client.readToEnd()).isEmpty();
			assertThat(cut(drained)).isEqualTo(1);
		}
	}

	@Test
	void whenClientNeverReadsThenItIsCutAtTheEndOfTheBudget() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/long/flood").readTo("\r\n\r\n");
			// Far more than fits into the buffers of both sockets.
			await().atMost(PATIENCE).until(() -> server.longAnswers.produced.get() > 500);

			CompletableFuture<Integer> drained = drain(server, BUDGET);

			assertThat(cut(drained)).isEqualTo(1);
			assertThat(client.readToEnd()).doesNotEndWith("0\r\n\r\n");
			await().until(() -> server.longAnswers.cancelled.get() == 1);
		}
	}

	@Test
	void whenBodyComesByteByByteThenItIsCutAtTheEndOfTheBudget() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.write("POST /long/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n");
			client.write("x");
			await().until(() -> server.longAnswers.received.get() == 1);
			CompletableFuture<Integer> drained = drain(server, BUDGET);
			await().until(server.gate::isShut);

			client.write("y");

			await().until(() -> server.longAnswers.received.get() == 2);
			assertThat(cut(drained)).isEqualTo(1);
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	/**
	 * Bounded so widely only because of other load; a drain that waits for its client
	 * never returns.
	 */
	private static int cut(CompletableFuture<Integer> drained) throws Exception {
		return drained.get(BUDGET.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS);
	}

	private static CompletableFuture<Integer> drain(TestServer server, Duration budget) {
		return server.drain(new DrainPlan(Duration.ZERO, budget));
	}

}
