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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.boot.web.CloseFrames;
import io.prefork.boot.web.RawClient;
import io.prefork.boot.web.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for how WebSockets end in a drain.
 */
class WebSocketDrainTests {

	private static final Duration BUDGET = Duration.ofSeconds(2);

	private static final Duration LONG_BUDGET = BUDGET.multipliedBy(2);

	private static final Duration SHORT = Duration.ofMillis(500);

	@TempDir
	Path directory;

	@Test
	void whenAnotherWorkerTakesOverThenClientIsToldToComeBack() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = upgrade(server, "/long/echo")) {
			CompletableFuture<Integer> drained = server.drain(new DrainPlan(Duration.ZERO, LONG_BUDGET));

			assertThat(client.isSilentFor(SHORT)).isTrue();
			assertThat(client.readTo(CloseFrames.RESTART)).isEqualTo(CloseFrames.RESTART);
			client.send(0x88, 0x80, 0, 0, 0, 0);
			assertThat(client.readToEnd()).isEmpty();
			assertThat(cut(drained)).isZero();
		}
	}

	@Test
	void whenTheServiceStopsThenClientIsToldThatItGoesAway() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = upgrade(server, "/long/echo")) {
			DrainPlan plan = new DrainPlan(Duration.ZERO, BUDGET);
			plan.change(Duration.ZERO, BUDGET, Duration.ZERO, true);

			CompletableFuture<Integer> drained = server.drain(plan);

			assertThat(client.readTo(CloseFrames.GOING_AWAY)).isEqualTo(CloseFrames.GOING_AWAY);
			client.send(0x88, 0x80, 0, 0, 0, 0);
			assertThat(client.readToEnd()).isEmpty();
			assertThat(cut(drained)).isZero();
		}
	}

	@Test
	void whenApplicationGoesOnSendingThenNothingFollowsTheCloseFrame() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = upgrade(server, "/long/pushes")) {
			CompletableFuture<Integer> drained = server.drain(new DrainPlan(Duration.ZERO, BUDGET));

			client.readTo(CloseFrames.RESTART);

			// The client takes its time, and is waited for.
			assertThat(client.isSilentFor(Duration.ofMillis(100))).isTrue();
			client.send(0x88, 0x80, 0, 0, 0, 0);
			assertThat(client.readToEnd()).isEmpty();
			assertThat(cut(drained)).isZero();
			await().until(() -> server.longAnswers.cancelled.get() == 1);
		}
	}

	@Test
	void whenMessageCrossesTheCloseFrameThenItReachesTheApplication() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = upgrade(server, "/long/echo")) {
			CompletableFuture<Integer> drained = server.drain(new DrainPlan(Duration.ZERO, LONG_BUDGET));
			client.readTo(CloseFrames.RESTART);

			client.send(0x81, 0x82, 0, 0, 0, 0, 'h', 'i');

			await().until(() -> server.longAnswers.received.get() == 2);
			client.send(0x88, 0x80, 0, 0, 0, 0);
			assertThat(client.readToEnd()).isEmpty();
			assertThat(cut(drained)).isZero();
		}
	}

	@Test
	void whenClientNeverReadsThenItIsCutAndCounted() throws Exception {
		try (TestServer server = TestServer.open(this.directory);
				RawClient client = upgrade(server, "/long/pushed-flood")) {
			// Far more than fits into the buffers of both sockets.
			await().atMost(Duration.ofSeconds(20)).until(() -> server.longAnswers.produced.get() > 500);

			CompletableFuture<Integer> drained = server.drain(new DrainPlan(Duration.ZERO, BUDGET));

			assertThat(cut(drained)).isEqualTo(1);
			assertThat(client.readToEnd()).doesNotContain(CloseFrames.RESTART);
			await().until(() -> server.longAnswers.cancelled.get() == 1);
		}
	}

	@Test
	void whenClientDoesNotAnswerTheCloseFrameThenTheConnectionEndsWithTheBudget() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = upgrade(server, "/long/echo")) {
			CompletableFuture<Integer> drained = server.drain(new DrainPlan(Duration.ZERO, BUDGET));

			assertThat(client.readToEnd()).isEqualTo(CloseFrames.RESTART);

			assertThat(cut(drained)).isZero();
		}
	}

	@Test
	void whenClientClosesInTheDrainThenItIsAnsweredWithItsOwnCode() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = upgrade(server, "/long/echo")) {
			CompletableFuture<Integer> drained = server.drain(new DrainPlan(Duration.ZERO, Duration.ofSeconds(30)));
			await().until(server.gate::isShut);

			client.send(0x88, 0x82, 0, 0, 0, 0, 1000 >> 8, 1000 & 0xff);

			assertThat(client.readToEnd()).isEqualTo(CloseFrames.frame(0x88, 2, 1000 >> 8, 1000 & 0xff));
			assertThat(cut(drained)).isZero();
		}
	}

	private static RawClient upgrade(TestServer server, String path) throws IOException {
		return RawClient.connect(server.port()).upgrade(path);
	}

	private static int cut(CompletableFuture<Integer> drained) throws Exception {
		return drained.get(20, TimeUnit.SECONDS);
	}

}
