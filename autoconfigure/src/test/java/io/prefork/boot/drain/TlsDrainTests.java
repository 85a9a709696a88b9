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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.boot.web.CloseFrames;
import io.prefork.boot.web.Http2Client;
import io.prefork.boot.web.LongAnswers;
import io.prefork.boot.web.RawClient;
import io.prefork.boot.web.TestCertificate;
import io.prefork.boot.web.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for how event streams and WebSockets over TLS end in a drain.
 */
class TlsDrainTests {

	private static final Duration BUDGET = Duration.ofSeconds(4);

	private static final Duration SHORT = Duration.ofMillis(500);

	private static TestCertificate certificate;

	@TempDir
	Path directory;

	private TestServer server;

	@BeforeAll
	static void createCertificate(@TempDir Path directory) throws Exception {
		certificate = TestCertificate.in(directory);
	}

	@BeforeEach
	void openServer() throws Exception {
		this.server = TestServer.tls(this.directory, certificate);
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenEventStreamIsOpenNearTheEndThenItIsCompletedAndTheConnectionClosesInOrder() throws Exception {
		try (RawClient client = RawClient.connect(this.server.port(), certificate)) {
			client.get("/long/events").readTo(LongAnswers.EVENT + "\r\n");

			CompletableFuture<Integer> drained = drain(false);

			assertThat(client.isSilentFor(SHORT)).isTrue();
			assertThat(client.readToEnd()).isEqualTo("0\r\n\r\n");
			client.hangUp();
			assertThat(cut(drained)).isZero();
			await().until(() -> this.server.longAnswers.cancelled.get() == 1);
		}
	}

	@Test
	void whenEventStreamIsOnHttp2ThenItsStreamEndsNearTheEnd() throws Exception {
		try (Http2Client client = Http2Client.connect(this.server.port(), certificate)) {
			CompletableFuture<String> events = client.get("/long/events");
			await().until(() -> this.server.requests.get() == 1);

			CompletableFuture<Integer> drained = drain(false);

			await().untilAsserted(() -> assertThat(client.goAways()).hasSize(2));
			assertThat(events).isNotDone();
			assertThat(events.get(20, TimeUnit.SECONDS)).isEqualTo(LongAnswers.EVENT);
			assertThat(cut(drained)).isZero();
			await().until(() -> !client.isConnected());
			await().until(() -> this.server.longAnswers.cancelled.get() == 1);
		}
	}

	@Test
	void whenWebSocketIsOpenNearTheEndThenClientIsToldToComeBack() throws Exception {
		try (RawClient client = RawClient.connect(this.server.port(), certificate).upgrade("/long/echo")) {
			CompletableFuture<Integer> drained = drain(false);

			assertThat(client.isSilentFor(SHORT)).isTrue();
			assertThat(client.readTo(CloseFrames.RESTART)).isEqualTo(CloseFrames.RESTART);
			client.send(0x88, 0x80, 0, 0, 0, 0);
			assertThat(client.readToEnd()).isEmpty();
			assertThat(cut(drained)).isZero();
		}
	}

	@Test
	void whenTheServiceStopsThenWebSocketIsToldThatItGoesAway() throws Exception {
		try (RawClient client = RawClient.connect(this.server.port(), certificate).upgrade("/long/pushes")) {
			CompletableFuture<Integer> drained = drain(true);

			assertThat(client.readTo(CloseFrames.GOING_AWAY)).endsWith(CloseFrames.GOING_AWAY);
			client.send(0x88, 0x80, 0, 0, 0, 0);
			assertThat(client.readToEnd()).isEmpty();
			assertThat(cut(drained)).isZero();
			await().until(() -> this.server.longAnswers.cancelled.get() == 1);
		}
	}

	private CompletableFuture<Integer> drain(boolean lastCall) {
		DrainPlan plan = new DrainPlan(Duration.ZERO, BUDGET);
		plan.change(Duration.ZERO, BUDGET, BUDGET, lastCall);
		return this.server.drain(plan);
	}

	/**
	 * Bounded so widely only because of other load.
	 */
	private static int cut(CompletableFuture<Integer> drained) throws Exception {
		return drained.get(20, TimeUnit.SECONDS);
	}

}
