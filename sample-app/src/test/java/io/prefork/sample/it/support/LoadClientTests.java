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

package io.prefork.sample.it.support;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LoadClient}.
 */
class LoadClientTests {

	private static final TestServer.Behaviour KEEP_ALIVE = (socket) -> {
		while (!TestServer.request(socket).isEmpty()) {
			TestServer.send(socket, TestServer.response(200, "", "worker-1"));
		}
	};

	@Test
	void whenServerKeepsAliveThenEachClientUsesOneConnection() throws IOException {
		try (TestServer server = new TestServer(KEEP_ALIVE)) {

			LoadResult result = LoadClient.against(server.port()).connections(4).requests(2000).start().await();

			assertThat(result.counts()).isEqualTo(Map.of(Outcome.OK, 2000L));
			assertThat(result.perBody()).isEqualTo(Map.of("worker-1", 2000L));
			assertThat(result.failed()).isZero();
			assertThat(server.connections()).isEqualTo(4);
			assertThat(result.toString()).contains("2000 requests", "0 failed", "{OK=2000}", "{worker-1=2000}")
				.doesNotContain("\n");
		}
	}

	@Test
	void whenBodiesAreChunkedThenTheyAreRead() throws IOException {
		try (TestServer server = new TestServer((socket) -> {
			while (!TestServer.request(socket).isEmpty()) {
				TestServer.send(socket,
						"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ntransfer-ENCODING: chunked\r\n\r\n3;x=y\r\nabc\r\n");
				TestServer.send(socket, "2\r\nde\r\n0\r\nTrailer: x\r\n\r\n");
			}
		})) {

			LoadResult result = LoadClient.against(server.port()).connections(2).requests(20).start().await();

			assertThat(result.perBody()).isEqualTo(Map.of("abcde", 20L));
			assertThat(result.counts()).isEqualTo(Map.of(Outcome.OK, 20L));
			assertThat(server.connections()).isEqualTo(2);
		}
	}

	@Test
	void whenServerSaysThatItClosesThenClientReconnects() throws IOException {
		try (TestServer server = new TestServer((socket) -> {
			TestServer.request(socket);
			TestServer.send(socket, TestServer.response(200, "connection: Close\r\n", "x"));
		})) {

			LoadResult result = LoadClient.against(server.port()).connections(2).requests(50).start().await();

			assertThat(result.counts()).isEqualTo(Map.of(Outcome.OK, 50L));
			assertThat(server.connections()).isEqualTo(50);
		}
	}

	@Test
	void whenConnectionPerRequestThenServerIsAskedToClose() throws IOException {
		try (TestServer server = new TestServer((socket) -> {
			boolean asked = TestServer.request(socket).contains("Connection: close\r\n");
			TestServer.send(socket, TestServer.response(asked ? 200 : 400, "", "y"));
		})) {

			LoadResult result = LoadClient.against(server.port())
				.mode(LoadMode.CONNECTION_PER_REQUEST)
				.requests(100)
				.start()
				.await();

			assertThat(result.counts()).isEqualTo(Map.of(Outcome.OK, 100L));
			assertThat(server.connections()).isEqualTo(100);
		}
	}

	@Test
	void whenModeIsHttp2ThenResponsesAreCountedAndConnectionsShared() {
		AtomicInteger connections = new AtomicInteger();
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.protocol(HttpProtocol.H2C)
			.doOnConnection((connection) -> connections.incrementAndGet())
			.route((routes) -> routes.get("/ok", (request, response) -> response.sendString(Mono.just("fine"))))
			.bindNow();
		try {

			LoadResult ok = http2(server, "/ok").requests(400).start().await();
			LoadResult missing = http2(server, "/missing").requests(40).start().await();

			assertThat(ok.counts()).isEqualTo(Map.of(Outcome.OK, 400L));
			assertThat(ok.body("fine")).isEqualTo(400);
			assertThat(missing.counts()).isEqualTo(Map.of(Outcome.HTTP_ERROR, 40L));
			assertThat(missing.statusClass(4)).isEqualTo(40);
			assertThat(missing.lost()).isZero();
			assertThat(connections).hasValueGreaterThanOrEqualTo(2);
		}
		finally {
			server.disposeNow();
		}
	}

	@Test
	void whenRunIsStoppedThenItEndsAndKeepsItsCounts() throws IOException {
		try (TestServer server = new TestServer(KEEP_ALIVE)) {
			LoadRun run = LoadClient.against(server.port())
				.requests(Long.MAX_VALUE)
				.limit(Duration.ofSeconds(60))
				.start()
				.awaitMoreOk(100);

			LoadResult result = run.stop();

			assertThat(run.isRunning()).isFalse();
			assertThat(result.ok()).isGreaterThanOrEqualTo(100);
			assertThat(result.failed()).isZero();
			assertThat(run.result()).isEqualTo(result);
		}
	}

	@Test
	void whenRunEndsTooEarlyThenWaitingForMoreFailsAtOnce() throws IOException {
		try (TestServer server = new TestServer(KEEP_ALIVE)) {
			LoadRun run = LoadClient.against(server.port()).requests(10).start();

			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> run.awaitMoreOk(11))
				.withMessageContaining("{OK=10}");
		}
	}

	@Test
	void whenTimeIsOverThenRunEnds() throws IOException {
		try (TestServer server = new TestServer(KEEP_ALIVE)) {

			LoadResult result = LoadClient.against(server.port())
				.rate(100)
				.limit(Duration.ofMillis(500))
				.start()
				.await();

			assertThat(result.total()).isBetween(1L, 60L);
			assertThat(result.duration()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
		}
	}

	private static LoadClient http2(DisposableServer server, String path) {
		return LoadClient.against(server.port()).mode(LoadMode.HTTP2).path(path).connections(8);
	}

}
