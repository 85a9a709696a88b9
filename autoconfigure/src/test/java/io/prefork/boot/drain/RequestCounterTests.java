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

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import io.prefork.boot.web.Http2Client;
import io.prefork.boot.web.RawClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link RequestCounter}.
 */
class RequestCounterTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final RequestCounter counter = new RequestCounter(() -> 0);

	private final Sinks.Empty<Void> released = Sinks.empty();

	private final DisposableServer server = HttpServer.create()
		.port(0)
		.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
		.childObserve(this.counter::changed)
		.handle(this::handle)
		.bindNow(PATIENCE);

	@AfterEach
	void stop() {
		this.released.tryEmitEmpty();
		this.server.disposeNow(PATIENCE);
	}

	@Test
	void whenRequestsComeOnOneConnectionThenEachCounts() throws Exception {
		try (RawClient client = RawClient.connect(this.server.port())) {
			for (int i = 0; i < 3; i++) {
				client.get("/hello").readTo("\r\n0\r\n\r\n");
			}
		}

		assertCounts(3, 0, 0);
	}

	@Test
	void whenRequestsAreSentBeforeTheAnswersThenNoneStaysInProgress() throws Exception {
		try (RawClient client = RawClient.connect(this.server.port())) {
			client.get("/hello").get("/error").get("/last").readTo("/last");

			assertCounts(3, 1, 0);
		}
	}

	@Test
	void whenRequestIsInProgressThenItIsActiveUntilItIsAnswered() throws Exception {
		try (RawClient client = RawClient.connect(this.server.port())) {
			client.get("/slow");
			assertCounts(1, 0, 1);

			this.released.tryEmitEmpty();

			client.readTo("/slow");
			assertCounts(1, 0, 0);
		}
	}

	@Test
	void whenClientHangsUpThenTheRequestIsNoLongerActiveAndNoError() throws Exception {
		try (RawClient client = RawClient.connect(this.server.port())) {
			client.get("/slow");
			assertCounts(1, 0, 1);

			client.hangUp();

			assertCounts(1, 0, 0);
		}
	}

	@Test
	void whenAnswerSaysThatTheServerFailedThenItIsAnError() throws Exception {
		try (RawClient client = RawClient.connect(this.server.port())) {
			client.get("/missing").readTo("\r\n\r\n");
			client.get("/error").readTo("\r\n\r\n");

			assertCounts(2, 1, 0);
		}
	}

	@Test
	void whenHandlerThrowsThenItIsAnError() throws Exception {
		try (RawClient client = RawClient.connect(this.server.port())) {
			client.get("/throw").readToEnd();

			assertCounts(1, 1, 0);
		}
	}

	@Test
	void whenRequestCanNotBeReadThenItDoesNotCountAndNothingStaysActive() throws Exception {
		try (RawClient client = RawClient.connect(this.server.port())) {
			String answer = client.write("GET / HTTP/1.1\r\nHost\r\n\r\n").readToEnd();

			assertThat(answer).startsWith("HTTP/1.1 400");
			assertCounts(0, 0, 0);
		}
	}

	@Test
	void whenStreamsComeOnOneHttp2ConnectionThenEachCounts() throws Exception {
		try (Http2Client client = Http2Client.connect(this.server.port())) {
			CompletableFuture<String> slow = client.get("/slow");
			client.get("/error").get(5, TimeUnit.SECONDS);
			client.get("/hello").get(5, TimeUnit.SECONDS);
			assertCounts(3, 1, 1);

			this.released.tryEmitEmpty();

			assertThat(slow.get(5, TimeUnit.SECONDS)).isEqualTo("/slow");
			assertCounts(3, 1, 0);
		}
	}

	@Test
	void whenHttp2ConnectionEndsThenItsStreamsAreNoLongerActive() throws Exception {
		try (Http2Client client = Http2Client.connect(this.server.port())) {
			client.get("/slow");
			client.get("/slow");
			assertCounts(2, 0, 2);
		}

		assertCounts(2, 0, 0);
	}

	@Test
	void whenWebSocketMessagesComeThenEachCountsOnceHoweverManyFramesItHas() {
		Flux<Object> frames = Flux.just(new TextWebSocketFrame("one"), new PingWebSocketFrame(),
				new TextWebSocketFrame(false, 0, "tw"), new ContinuationWebSocketFrame(true, 0, "o"),
				new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[3])));
		CompletableFuture<Void> session = HttpClient.create()
			.websocket()
			.uri(URI.create("ws://localhost:" + this.server.port() + "/socket"))
			.handle((in, out) -> out.sendObject(frames).then().then(this.released.asMono()))
			.then()
			.toFuture();
		assertCounts(4, 0, 1);

		this.released.tryEmitEmpty();

		assertThat(session).succeedsWithin(PATIENCE);
		assertCounts(4, 0, 0);
	}

	@Test
	void whenUpgradeIsNotGrantedThenTheConnectionGoesOn() throws Exception {
		try (RawClient client = RawClient.connect(this.server.port())) {
			for (int i = 0; i < 2; i++) {
				client.write("GET /hello HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
					.readTo("\r\n0\r\n\r\n");
			}

			assertCounts(2, 0, 0);
		}
	}

	private void assertCounts(long requests, long errors, int active) {
		await().untilAsserted(() -> {
			assertThat(this.counter.requests()).as("requests").isEqualTo(requests);
			assertThat(this.counter.errors()).as("errors").isEqualTo(errors);
			assertThat(this.counter.active()).as("active").isEqualTo(active);
		});
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		return switch (request.uri()) {
			case "/slow" -> this.released.asMono().thenMany(response.sendString(Mono.just(request.uri())));
			case "/missing" -> response.sendNotFound();
			case "/error" -> response.status(503).sendString(Mono.just(request.uri()));
			case "/throw" -> Mono.error(new IllegalStateException("on purpose"));
			case "/socket" -> response.sendWebsocket((in, out) -> in.receive().then());
			default -> response.sendString(Flux.just(request.uri(), ""));
		};
	}

}
