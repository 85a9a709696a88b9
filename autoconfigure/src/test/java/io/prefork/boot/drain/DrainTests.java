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

import io.prefork.boot.web.RawClient;
import io.prefork.boot.web.TestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Connections} and how HTTP/1.1 connections end in a drain.
 */
class DrainTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(400);

	private static final int BODY = 20_000_000;

	@TempDir
	Path directory;

	@Test
	void whenNothingIsConnectedThenDrainReturnsAtOnce() throws Exception {
		try (TestServer server = TestServer.open(this.directory)) {
			CompletableFuture<Integer> drained = server.drain(plan(LONG, LONG));

			assertThat(drained.get(5, TimeUnit.SECONDS)).isZero();
		}
	}

	@Test
	void whenRequestIsInFlightThenItIsCompletedAndTheConnectionCloses() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/slow");
			await().until(() -> server.requests.get() == 1);
			CompletableFuture<Integer> drained = server.drain(plan(LONG, LONG));
			assertThat(client.isSilentFor(SHORT)).isTrue();

			server.release();

			assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 OK")
				.containsIgnoringCase("\r\nConnection: close\r\n")
				.endsWith("/slow");
			assertThat(drained.get(5, TimeUnit.SECONDS)).isZero();
		}
	}

	@Test
	void whenRequestComesOnIdleConnectionThenItIsAnsweredAndTheConnectionCloses() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			String before = client.get("/hello").readTo("/hello");
			CompletableFuture<Integer> drained = server.drain(plan(LONG, LONG));
			assertThat(client.isSilentFor(SHORT)).isTrue();

			String answer = client.get("/last").readToEnd();

			assertThat(before).doesNotContainIgnoringCase("Connection: close");
			assertThat(answer).startsWith("HTTP/1.1 200 OK")
				.containsIgnoringCase("\r\nConnection: close\r\n")
				.endsWith("/last");
			assertThat(drained.get(5, TimeUnit.SECONDS)).isZero();
		}
	}

	@Test
	void whenLastAnswerComesBeforeTheBodyOfItsRequestIsReadThenNothingIsReset() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/hello").readTo("/hello");
			CompletableFuture<Integer> drained = server.drain(plan(LONG, LONG));
			assertThat(client.isSilentFor(SHORT)).isTrue();

			client.write("POST /last HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n".formatted(BODY))
				.write("x".repeat(BODY));

			assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 OK").endsWith("/last");
			client.hangUp();
			assertThat(drained.get(5, TimeUnit.SECONDS)).isZero();
		}
	}

	@Test
	void whenConnectionIsIdleThenItEndsInOrderAfterTheGraceAndNotBefore() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/hello").readTo("/hello");
			Duration grace = Duration.ofSeconds(1);
			long start = System.nanoTime();

			CompletableFuture<Integer> drained = server.drain(plan(LONG, grace));

			assertThat(client.readToEnd()).isEmpty();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(grace, grace.multipliedBy(3));
			client.hangUp();
			assertThat(drained.get(5, TimeUnit.SECONDS)).isZero();
		}
	}

	@Test
	void whenIdleConnectionWasNeverUsedThenItEndsInOrder() throws Exception {
		try (TestServer server = TestServer.open(this.directory);
				RawClient used = RawClient.connect(server.port());
				RawClient unused = RawClient.connect(server.port())) {
			// Accepted in order, so the unused one is there as well.
			used.get("/hello").readTo("/hello");
			try (RawClient last = RawClient.connect(server.port())) {
				last.get("/hello").readTo("/hello");
			}

			CompletableFuture<Integer> drained = server.drain(plan(LONG, Duration.ZERO));

			assertThat(unused.readToEnd()).isEmpty();
			assertThat(drained.get(5, TimeUnit.SECONDS)).isZero();
		}
	}

	@Test
	void whenClientOfIdleConnectionLeavesThenDrainDoesNotWaitForTheGrace() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/hello").readTo("/hello");
			CompletableFuture<Integer> drained = server.drain(plan(LONG, LONG));

			client.hangUp();

			assertThat(drained.get(5, TimeUnit.SECONDS)).isZero();
		}
	}

	@Test
	void whenRequestComesAfterTheLingeringCloseThenItIsNotCarriedOutAndNothingIsReset() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/hello").readTo("/hello");
			CompletableFuture<Integer> drained = server.drain(plan(LONG, Duration.ZERO));
			await().until(() -> !client.isSilentFor(SHORT));

			client.get("/late");

			assertThat(client.readToEnd()).isEmpty();
			assertThat(drained.get(5, TimeUnit.SECONDS)).isZero();
			assertThat(server.requests).hasValue(1);
		}
	}

	@Test
	void whenAnswerStreamsToTheEndOfTheBudgetThenItIsCutAndCounted() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/stream").readTo("/stream\r\n");
			Duration budget = Duration.ofSeconds(1);

			CompletableFuture<Integer> drained = server.drain(plan(budget, Duration.ZERO));

			assertThat(client.isSilentFor(budget.dividedBy(2))).isTrue();
			assertThat(drained.get(5, TimeUnit.SECONDS)).isEqualTo(1);
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	@Test
	void whenAnswerStreamsPastTheGraceAndEndsThenTheConnectionClosesThen() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/stream").readTo("/stream\r\n");
			CompletableFuture<Integer> drained = server.drain(plan(LONG, Duration.ZERO));
			assertThat(client.isSilentFor(SHORT)).isTrue();

			server.release();

			assertThat(client.readToEnd()).contains("/stream").endsWith("0\r\n\r\n");
			assertThat(drained.get(5, TimeUnit.SECONDS)).isZero();
		}
	}

	@Test
	void whenBudgetIsZeroThenConnectionsAreCutAtOnce() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/slow");
			await().until(() -> server.requests.get() == 1);

			CompletableFuture<Integer> drained = server.drain(plan(Duration.ZERO, Duration.ZERO));

			assertThat(drained.get(5, TimeUnit.SECONDS)).isEqualTo(1);
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	@Test
	void whenMasterHurriesThenTheDrainEnds() throws Exception {
		try (TestServer server = TestServer.open(this.directory); RawClient client = RawClient.connect(server.port())) {
			client.get("/slow");
			await().until(() -> server.requests.get() == 1);
			DrainPlan plan = plan(LONG, LONG);
			CompletableFuture<Integer> drained = server.drain(plan);
			assertThat(client.isSilentFor(SHORT)).isTrue();

			plan.change(Duration.ZERO, Duration.ZERO, Duration.ZERO, true);

			assertThat(drained.get(5, TimeUnit.SECONDS)).isEqualTo(1);
		}
	}

	private static DrainPlan plan(Duration budget, Duration idleGrace) {
		DrainPlan plan = new DrainPlan(Duration.ZERO, Duration.ZERO);
		if (!budget.isZero()) {
			plan.change(Duration.ZERO, budget, idleGrace, true);
		}
		return plan;
	}

}
