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

package io.prefork.sample;

import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SampleApplication} as it is by default.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SampleApplicationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int MEBIBYTE = 1024 * 1024;

	@LocalServerPort
	private int port;

	private WebTestClient client = WebTestClient.bindToServer().build();

	@BeforeEach
	void setUp() {
		this.client = this.client.mutate().baseUrl("http://localhost:" + this.port).responseTimeout(TIMEOUT).build();
	}

	@Test
	void whenStartPageIsRequestedThenItListsTheEndpoints() {
		String page = text("/");

		assertThat(page).contains("/hello", "/pid", "/json", "/slow", "/burn", "/upload", "/download", "/events", "/ws")
			.contains("/version", "/deadlock", "sample.fail")
			.contains("/block", "/hang", "/faults/exit", "/faults/oom", "/faults/leak", "sample.faults.enabled");
	}

	@Test
	void whenHelloIsRequestedThenTextIsAnswered() {
		this.client.get()
			.uri("/hello")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_PLAIN)
			.expectBody(String.class)
			.isEqualTo("Hello, World!");
	}

	@Test
	void whenPidIsRequestedThenItIsThatOfThisProcess() {
		String pid = text("/pid");

		assertThat(pid).isEqualTo(Long.toString(ProcessHandle.current().pid()));
	}

	@Test
	void whenVersionIsNotSetThenItIsOne() {
		assertThat(text("/version")).isEqualTo("1");
	}

	@Test
	void whenJsonIsRequestedThenAboutOneKilobyteIsAnswered() {
		this.client.get()
			.uri("/json")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(12)
			.jsonPath("$[0].name")
			.isEqualTo("Item 1")
			.consumeWith((result) -> assertThat(result.getResponseBodyContent()).hasSizeBetween(900, 1100));
	}

	@Test
	void whenSlowIsRequestedThenTheAnswerIsDelayed() {
		long start = System.nanoTime();

		String answer = text("/slow?ms=150");

		assertThat(answer).isEqualTo("Waited 150 ms");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
	}

	@Test
	void whenBurnIsRequestedThenIterationsAreCounted() {
		long start = System.nanoTime();

		String iterations = text("/burn?ms=50");

		assertThat(iterations).containsOnlyDigits().isNotEqualTo("0");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/slow?ms=-1", "/slow?ms=3600001", "/slow?ms=soon", "/burn?ms=-1", "/burn?ms=60001",
			"/download?mb=-1", "/download?mb=1025" })
	void whenParameterIsBadThenProblemIsAnswered(String uri) {
		expectProblem(HttpMethod.GET, uri, HttpStatus.BAD_REQUEST);
	}

	@Test
	void whenBodyIsUploadedThenSizeAndDigestAreAnswered() throws Exception {
		byte[] body = new byte[8 * MEBIBYTE + 1];
		new Random(1).nextBytes(body);
		String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));

		assertThat(upload(body)).isEqualTo(new Upload(body.length, sha256));
	}

	@Test
	void whenNothingIsUploadedThenSizeIsZero() {
		assertThat(upload(new byte[0])).isNotNull().extracting(Upload::size).isEqualTo(0L);
	}

	@Test
	void whenDownloadIsRequestedThenAsMuchIsSent() {
		Flux<DataBuffer> body = this.client.get()
			.uri("/download?mb=3")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.expectHeader()
			.contentLength(3L * MEBIBYTE)
			.returnResult(DataBuffer.class)
			.getResponseBody();

		assertThat(body.map(SampleApplicationTests::sizeOf).reduce(0, Integer::sum).block(TIMEOUT))
			.isEqualTo(3 * MEBIBYTE);
	}

	@Test
	void whenEventsAreRequestedThenTheyAreCounted() {
		Flux<ServerSentEvent<Long>> events = this.client.get()
			.uri("/events")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
			.returnResult(new ParameterizedTypeReference<ServerSentEvent<Long>>() {
			})
			.getResponseBody();

		assertThat(events.take(3).map((event) -> event.id() + "=" + event.data()).collectList().block(TIMEOUT))
			.containsExactly("0=0", "1=1", "2=2");
	}

	@Test
	void whenWebSocketMessagesAreSentThenTheyComeBack() {
		List<String> replies = new CopyOnWriteArrayList<>();

		new ReactorNettyWebSocketClient()
			.execute(URI.create("ws://localhost:" + this.port + "/ws"),
					(session) -> session.send(Flux.just("one", "two").map(session::textMessage))
						.thenMany(session.receive().take(2).map(WebSocketMessage::getPayloadAsText))
						.doOnNext(replies::add)
						.then(session.close()))
			.block(TIMEOUT);

		assertThat(replies).containsExactly("one", "two");
	}

	@Test
	void whenFaultsAreNotEnabledThenTheyAreNotFound() {
		expectProblem(HttpMethod.GET, "/block", HttpStatus.NOT_FOUND);
		expectProblem(HttpMethod.GET, "/hang", HttpStatus.NOT_FOUND);
		expectProblem(HttpMethod.POST, "/faults/exit", HttpStatus.NOT_FOUND);
		expectProblem(HttpMethod.POST, "/faults/oom", HttpStatus.NOT_FOUND);
		expectProblem(HttpMethod.POST, "/faults/leak", HttpStatus.NOT_FOUND);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/actuator/info", "/actuator/metrics" })
	void whenActuatorEndpointIsExposedThenItAnswers(String uri) {
		assertThat(text(uri)).startsWith("{");
	}

	private void expectProblem(HttpMethod method, String uri, HttpStatus status) {
		this.client.method(method)
			.uri(uri)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo(status.value())
			.jsonPath("$.detail")
			.isNotEmpty();
	}

	private @Nullable String text(String uri) {
		return this.client.get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	private @Nullable Upload upload(byte[] body) {
		return this.client.post()
			.uri("/upload")
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Upload.class)
			.returnResult()
			.getResponseBody();
	}

	private static int sizeOf(DataBuffer buffer) {
		int size = buffer.readableByteCount();
		DataBufferUtils.release(buffer);
		return size;
	}

}
