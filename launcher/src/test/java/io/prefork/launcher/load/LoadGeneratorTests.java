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

package io.prefork.launcher.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LoadGenerator} with a server of the JDK.
 */
class LoadGeneratorTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Queue<String> received = new ConcurrentLinkedQueue<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch gate = new CountDownLatch(1);

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", (exchange) -> answer(exchange, 200));
		this.server.createContext("/bad", (exchange) -> answer(exchange, 503));
		this.server.createContext("/hangs", (exchange) -> {
			try (exchange) {
				this.gate.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.gate.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	@Test
	void whenRateIsOfferedThenSoManyRequestsAreSentInTurn() throws InterruptedException {
		LoadRequest post = new LoadRequest("POST", "/orders", Map.of("X-Kind", "new"), "{}");
		try (LoadGenerator generator = generator(
				List.of(LoadRequest.get("/a?b=1"), post, new LoadRequest("HEAD", "/head", Map.of(), "")), 10)) {
			LoadResult result = generator.open(30, Duration.ofSeconds(2), PATIENCE);

			assertThat(result.offered()).isEqualTo(30);
			assertThat(result.errors()).isZero();
			assertThat(result.unfinished()).isZero();
			assertThat(result.latencies().getTotalCount()).isEqualTo(60);
			assertThat(result.latency(99)).isPositive();
		}
		assertThat(this.received).hasSize(60).startsWith("GET /a?b=1 null ");
		assertThat(this.received.stream().filter("POST /orders new {}"::equals)).hasSize(20);
		assertThat(this.received.stream().filter("HEAD /head null "::equals)).hasSize(20);
	}

	@Test
	void whenClientsWaitForAnswersThenConnectionsAreKept() throws InterruptedException {
		try (LoadGenerator generator = generator(List.of(LoadRequest.get("/")), 4)) {
			LoadResult result = generator.closed(8, Duration.ofSeconds(1), PATIENCE);

			assertThat(result.errors()).isZero();
			assertThat(result.served()).isPositive();
			assertThat(result.generatorCpu()).isPositive();
		}
	}

	@Test
	void whenAnswersAreErrorsThenTheFirstIsTold() throws InterruptedException {
		try (LoadGenerator generator = generator(List.of(LoadRequest.get("/bad")), 2)) {
			LoadResult result = generator.open(10, Duration.ofSeconds(1), PATIENCE);

			assertThat(result.errors()).isEqualTo(10);
			assertThat(result.served()).isZero();
			assertThat(result.failure()).isEqualTo("GET /bad answered 503 Service Unavailable");
		}
	}

	@Test
	void whenServiceDoesNotAnswerThenTheTimeThatRequestsWaitedCounts() throws InterruptedException {
		try (LoadGenerator generator = generator(List.of(LoadRequest.get("/hangs")), 2)) {
			LoadResult result = generator.open(10, Duration.ofSeconds(1), Duration.ofSeconds(1));

			// Most of them have not even been sent.
			assertThat(result.unfinished()).isEqualTo(10);
			assertThat(result.latencies().getTotalCount()).isEqualTo(10);
			assertThat(result.latency(0)).isGreaterThan(Duration.ofMillis(900));
		}
	}

	@Test
	void whenNobodyListensThenAllFail() throws InterruptedException {
		this.server.stop(0);
		try (LoadGenerator generator = generator(List.of(LoadRequest.get("/")), 2)) {
			LoadResult result = generator.open(10, Duration.ofSeconds(1), PATIENCE);

			assertThat(result.errors()).isEqualTo(10);
			assertThat(result.failure()).contains("refused");
		}
	}

	@Test
	void whenTargetIsAnotherMachineThenItIsNotLoaded() {
		InetSocketAddress other = new InetSocketAddress("192.0.2.1", 80);

		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LoadGenerator(other, List.of(LoadRequest.get("/")), 1).close())
			.withMessageContaining("not on this machine");
	}

	private LoadGenerator generator(List<LoadRequest> requests, int connections) {
		return new LoadGenerator(this.server.getAddress(), requests, connections);
	}

	private void answer(HttpExchange exchange, int status) throws IOException {
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			this.received.add("%s %s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(),
					exchange.getRequestHeaders().getFirst("X-Kind"), body));
			boolean head = exchange.getRequestMethod().equals("HEAD");
			exchange.sendResponseHeaders(status, head ? -1 : 2);
			if (!head) {
				exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
			}
		}
	}

}
