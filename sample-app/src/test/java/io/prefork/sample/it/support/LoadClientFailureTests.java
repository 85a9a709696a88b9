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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for what {@link LoadClient} makes of failures.
 */
class LoadClientFailureTests {

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
		assertOutcomeOfIdle(Socket::close, Outcome.STALE);
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
		assertOutcomeOfIdle((socket) -> {
			socket.setSoLinger(true, 0);
			socket.close();
		}, Outcome.RESET);
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
		LoadResult result = LoadClient.against(Sockets.freePort()).requests(20).start().await();

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
		LoadResult result = LoadClient.against(Sockets.freePort()).mode(LoadMode.HTTP2).requests(4).start().await();

		assertThat(result.counts()).isEqualTo(Map.of(Outcome.CONNECT_REFUSED, 4L));
	}

	private static void assertOutcomeOfIdle(TestServer.Behaviour end, Outcome expected) throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		try (TestServer server = new TestServer((socket) -> {
			TestServer.request(socket);
			TestServer.send(socket, TestServer.response(200, "", "x"));
			end.serve(socket);
			closed.countDown();
		}); HttpConnection connection = LoadClient.against(server.port()).connection()) {
			connection.exchange();
			assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();

			assertThatIOException().isThrownBy(connection::exchange)
				.satisfies((ex) -> assertThat(connection.outcomeOf(ex)).isEqualTo(expected));
		}
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
