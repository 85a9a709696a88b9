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
import io.prefork.boot.web.RawClient;
import io.prefork.boot.web.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for how HTTP/2 connections end in a drain.
 */
class Http2DrainTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	@TempDir
	Path directory;

	@Test
	void whenDrainBeginsThenConnectionGetsTwoGoAways() throws Exception {
		try (TestServer server = open(); Http2Client client = Http2Client.connect(server.port())) {
			client.get("/hello").get(5, TimeUnit.SECONDS);

			CompletableFuture<Integer> drained = server.drain(plan(LONG));

			await().until(() -> !client.isConnected());
			assertThat(client.goAways()).containsExactly(Integer.MAX_VALUE, 3);
			assertThat(drained.get(5, TimeUnit.SECONDS)).isZero();
		}
	}

	@Test
	void whenStreamIsInFlightThenItIsCompletedBeforeTheConnectionCloses() throws Exception {
		try (TestServer server = open(); Http2Client client = Http2Client.connect(server.port())) {
			CompletableFuture<String> answer = client.get("/slow");
			await().until(() -> server.requests.get() == 1);
			CompletableFuture<Integer> drained = server.drain(plan(LONG));
			await().untilAsserted(() -> assertThat(client.goAways()).hasSize(2));
			assertThat(client.isConnected()).isTrue();

			server.release();

			assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo("/slow");
			assertThat(drained.get(5, TimeUnit.SECONDS)).isZero();
		}
	}

	@Test
	void whenRequestCrossesTheFirstGoAwayThenItIsAnswered() throws Exception {
		try (TestServer server = open(); Http2Client client = Http2Client.connect(server.port())) {
			CompletableFuture<String> slow = client.get("/slow");
			await().until(() -> server.requests.get() == 1);
			CompletableFuture<Integer> drained = server.drain(plan(LONG));
			await().pollInterval(Duration.ofMillis(5)).until(() -> !client.goAways().isEmpty());

			CompletableFuture<String> crossing = client.get("/crossing");

			server.release();
			assertThat(crossing.get(5, TimeUnit.SECONDS)).isEqualTo("/crossing");
			assertThat(slow.get(5, TimeUnit.SECONDS)).isEqualTo("/slow");
			assertThat(drained.get(5, TimeUnit.SECONDS)).isZero();
		}
	}

	@Test
	void whenConnectionBecomesHttp2DuringTheDrainThenItGetsGoAwayToo() throws Exception {
		try (TestServer server = open();
				Http2Client client = Http2Client.connectSilently(server.port());
				RawClient last = RawClient.connect(server.port())) {
			// Accepted in order, so the silent one is there as well.
			last.get("/hello").readTo("/hello");
			last.hangUp();
			CompletableFuture<Integer> drained = server.drain(plan(LONG));
			await().until(() -> server.gate.isShut());

			client.speak();
			String answer = client.get("/hello").get(5, TimeUnit.SECONDS);

			assertThat(answer).isEqualTo("/hello");
			assertThat(drained.get(5, TimeUnit.SECONDS)).isZero();
			assertThat(client.goAways()).isNotEmpty();
		}
	}

	@Test
	void whenStreamLastsLongerThanTheBudgetThenTheConnectionIsCutAndCounted() throws Exception {
		try (TestServer server = open(); Http2Client client = Http2Client.connect(server.port())) {
			CompletableFuture<String> answer = client.get("/slow");
			await().until(() -> server.requests.get() == 1);

			CompletableFuture<Integer> drained = server.drain(plan(Duration.ofMillis(1500)));

			assertThat(drained.get(5, TimeUnit.SECONDS)).isEqualTo(1);
			assertThat(answer).failsWithin(Duration.ofSeconds(5));
		}
	}

	private TestServer open() throws Exception {
		AcceptGate gate = new AcceptGate();
		gate.open();
		return TestServer.with(this.directory, gate, true);
	}

	private static DrainPlan plan(Duration budget) {
		DrainPlan plan = new DrainPlan(Duration.ZERO, Duration.ZERO);
		plan.change(Duration.ZERO, budget, budget, true);
		return plan;
	}

}
