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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

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
	void whenServerEndsIdleConnectionThenNextRequestIsStale() throws IOException {
		try (TestServer server = new TestServer((socket) -> {
			TestServer.request(socket);
			TestServer.send(socket, TestServer.response(200, "", "x"));
			socket.shutdownOutput();
			TestServer.request(socket);
			TestServer.request(socket);
		})) {

			LoadResult result = LoadClient.against(server.port()).connections(1).requests(10).start().await();

			assertThat(result.counts()).isEqualTo(Map.of(Outcome.OK, 5L, Outcome.STALE, 5L));
		}
	}

	@Test
	void whenIdleConnectionIsClosedBeforeRequestIsSentThenItIsStale() throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		try (TestServer server = new TestServer((socket) -> {
			TestServer.request(socket);
			TestServer.send(socket, TestServer.response(200, "", "x"));
			socket.close();
			closed.countDown();
		}); HttpConnection connection = LoadClient.against(server.port()).connection()) {
			connection.exchange();
			assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();

			assertThatIOException().isThrownBy(connection::exchange)
				.satisfies((ex) -> assertThat(connection.outcomeOf(ex)).isEqualTo(Outcome.STALE));
		}
	}

	@Test
	void whenServerClosesNewConnectionThenThereWasNoResponse() throws IOException {
		assertOutcome(TestServer::request, Outcome.EOF_BEFORE_RESPONSE);
	}

	@Test
	void whenServerResetsThenItIsReset() throws IOException {
		assertOutcome((socket) -> {
			TestServer.request(socket);
			socket.setSoLinger(true, 0);
		}, Outcome.RESET);
	}

	@Test
	void whenIdleConnectionIsResetThenItIsReset() throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		try (TestServer server = new TestServer((socket) -> {
			TestServer.request(socket);
			TestServer.send(socket, TestServer.response(200, "", "x"));
			socket.setSoLinger(true, 0);
			socket.close();
			closed.countDown();
		}); HttpConnection connection = LoadClient.against(server.port()).connection()) {
			connection.exchange();
			assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();

			assertThatIOException().isThrownBy(connection::exchange)
				.satisfies((ex) -> assertThat(connection.outcomeOf(ex)).isEqualTo(Outcome.RESET));
		}
	}

	@Test
	void whenBodyIsCutThenItIsTruncated() throws IOException {
		assertOutcome((socket) -> {
			TestServer.request(socket);
			TestServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
		}, Outcome.TRUNCATED);
	}

	@Test
	void whenHeadIsCutThenItIsTruncated() throws IOException {
		assertOutcome((socket) -> {
			TestServer.request(socket);
			TestServer.send(socket, "HTTP/1.1 200 OK\r\nContent-");
		}, Outcome.TRUNCATED);
	}

	@Test
	void whenServerAnswersWithErrorThenItIsCounted() throws IOException {
		try (TestServer server = new TestServer((socket) -> {
			while (!TestServer.request(socket).isEmpty()) {
				TestServer.send(socket, TestServer.response(500, "", "oops"));
			}
		})) {

			LoadResult result = LoadClient.against(server.port()).connections(1).requests(12).start().await();

			assertThat(result.counts()).isEqualTo(Map.of(Outcome.HTTP_ERROR, 12L));
			assertThat(result.failed()).isEqualTo(12);
			assertThat(result.lost()).isZero();
			assertThat(result.statusClass(5)).isEqualTo(12);
			assertThat(result.perBody()).isEmpty();
			assertThat(result.failures()).hasSize(10).first().asString().contains("HTTP_ERROR", "status 500 oops");
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	@Test
	void whenNobodyListensThenItIsRefused() throws IOException {
		int port;
		try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = unused.getLocalPort();
		}

		LoadResult result = LoadClient.against(port).requests(20).start().await();

		assertThat(result.counts()).isEqualTo(Map.of(Outcome.CONNECT_REFUSED, 20L));
	}

	@Test
	void whenAcceptQueueIsFullThenConnectTimesOut() throws IOException {
		List<Socket> waiting = new ArrayList<>();
		try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			for (int i = 0; i < 2; i++) {
				waiting.add(new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort()));
			}

			LoadResult result = LoadClient.against(listener.getLocalPort())
				.timeouts(Duration.ofMillis(100), Duration.ofSeconds(5))
				.connections(1)
				.requests(2)
				.start()
				.await();

			assertThat(result.counts()).isEqualTo(Map.of(Outcome.CONNECT_TIMEOUT, 2L));
		}
		finally {
			for (Socket socket : waiting) {
				socket.close();
			}
		}
	}

	@Test
	void whenServerIsSilentThenReadTimesOut() throws IOException {
		assertOutcome((socket) -> {
			TestServer.request(socket);
			TestServer.request(socket);
		}, Outcome.READ_TIMEOUT);
	}

	@Test
	void whenResponseIsNotHttpThenItIsOther() throws IOException {
		assertOutcome((socket) -> {
			TestServer.request(socket);
			TestServer.send(socket, "SSH-2.0-OpenSSH\r\n\r\n");
		}, Outcome.OTHER);
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
	void whenHttp2ServerClosesConnectionsThenStreamsAreLost() throws IOException {
		try (TestServer server = new TestServer(Socket::close)) {

			LoadResult result = LoadClient.against(server.port())
				.mode(LoadMode.HTTP2)
				.connections(2)
				.requests(6)
				.start()
				.await();

			assertThat(result.lost()).isEqualTo(6);
			assertThat(server.connections()).as("no request is repeated").isLessThanOrEqualTo(6);
		}
	}

	@Test
	void whenNobodyListensThenHttp2IsRefused() throws IOException {
		int port;
		try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = unused.getLocalPort();
		}

		LoadResult result = LoadClient.against(port).mode(LoadMode.HTTP2).requests(4).start().await();

		assertThat(result.counts()).isEqualTo(Map.of(Outcome.CONNECT_REFUSED, 4L));
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

	private static void assertOutcome(TestServer.Behaviour behaviour, Outcome expected) throws IOException {
		try (TestServer server = new TestServer(behaviour)) {

			LoadResult result = LoadClient.against(server.port())
				.timeouts(Duration.ofSeconds(5), Duration.ofMillis(500))
				.connections(2)
				.requests(6)
				.start()
				.await();

			assertThat(result.counts()).isEqualTo(Map.of(expected, 6L));
			assertThat(result.failures()).hasSize(6)
				.allSatisfy((failure) -> assertThat(failure).contains(expected.name()));
		}
	}

}
