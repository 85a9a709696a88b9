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

package io.prefork.sample.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.blockhound.BlockHound;

import io.prefork.sample.it.support.CommandResult;
import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.HttpReply;
import io.prefork.sample.it.support.Jars;
import io.prefork.sample.it.support.Jdks;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Code that blocks, wherever an application may have it, with each worker class.
 */
@Tag("slow")
class WorkerClassIT {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final Pattern REPORT = Pattern.compile("most=(\\d+) interrupted=(\\d+)");

	/**
	 * Longer than the time limit, and shorter than anybody waits.
	 */
	private static final String TOO_LONG = "?ms=6000";

	private static final int REQUESTS = 200;

	@Test
	void whenJavaHasNoVirtualThreadsThenThatIsSaid() {
		assumeThat(Runtime.version().feature()).isLessThan(21);
		try (PreforkService service = PreforkService.builder().args("--prefork.worker-class=virtual-threads").start()) {
			assertThat(service.awaitExit()).isEqualTo(1);
			assertThat(service.output()).contains("prefork.worker-class", "needs Java 21 or later");
		}
	}

	@Test
	void whenMoreRequestsComeThanMayWaitThenTheyAreRefusedAndOperatorsAreNot() {
		try (PreforkService service = service("threads").args("--prefork.threads=1", "--prefork.request-queue=1")
			.start()
			.awaitReady()) {
			List<CompletableFuture<HttpReply>> held = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				held.add(CompletableFuture.supplyAsync(() -> get(service, "/annotated?ms=4000")));
			}
			await().atMost(LIMIT)
				.until(() -> get(service, "/actuator/metrics/prefork.worker.waiting.requests").body()
					.contains("\"value\":1.0"));

			HttpReply refused = get(service, "/annotated");

			assertThat(refused.status()).isEqualTo(503);
			assertThat(refused.header("Retry-After")).hasValue("1");
			assertThat(refused.header("Content-Type")).hasValue("application/problem+json");
			assertThat(refused.body()).contains("\"status\":503", "Too many requests wait");
			assertThat(get(service, "/actuator/health").status()).isEqualTo(200);
			assertThat(held).allMatch((reply) -> reply.join().status() == 200);
			assertThat(get(service, "/annotated").status()).isEqualTo(200);
			assertThat(get(service, "/actuator/metrics/prefork.worker.request.rejections").body())
				.contains("\"value\":1.0");
		}
	}

	@Test
	void whenEventsAreStreamedOrAWebSocketIsOpenThenNobodyWaitsForTheirEnd() throws IOException {
		try (PreforkService service = service("threads", "--prefork.threads=1", "--prefork.request-timeout=2s").start()
			.awaitReady(); Socket events = new Socket("localhost", service.port())) {
			events.getOutputStream()
				.write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			BufferedReader lines = new BufferedReader(
					new InputStreamReader(events.getInputStream(), StandardCharsets.US_ASCII));
			assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
			BlockingQueue<String> echo = new LinkedBlockingQueue<>();
			WebSocket socket = HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.buildAsync(URI.create(service.url("/ws").replace("http:", "ws:")), new Echo(echo))
				.join();

			assertThat(get(service, "/annotated?ms=100").body()).startsWith("prefork-request-");
			// Longer than a request may take.
			await().pollDelay(Duration.ofSeconds(3))
				.atMost(LIMIT)
				.until(() -> get(service, "/annotated").status() == 200);

			socket.sendText("still there", true).join();
			await().atMost(LIMIT).until(() -> echo.stream().anyMatch((text) -> text.contains("still there")));
			assertThat(lines.lines().anyMatch((line) -> line.equals("id:5"))).isTrue();
			socket.abort();
		}
	}

	@Test
	void whenAWorkerIsBusyThenRequestsOfOthersGoToTheOtherOne() {
		try (PreforkService service = PreforkService.builder()
			.args("--prefork.worker-class=sync", "--prefork.workers=2", "--sample.faults.enabled=true")
			.start()
			.awaitReady()) {
			List<CompletableFuture<HttpReply>> held = new ArrayList<>();
			held.add(CompletableFuture.supplyAsync(() -> get(service, "/annotated?ms=15000")));
			await().atMost(LIMIT).until(() -> service.readyWorkers().size() == 2 && !held.get(0).isDone());

			for (int i = 0; i < 20; i++) {
				assertThat(get(service, "/hello").status()).isEqualTo(200);
			}

			assertThat(held.get(0)).isNotDone();
			assertThat(held.get(0).join().status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource({ "report, 200", "fail, 500" })
	void whenBlockingIsDetectedThenTheCallIsNamed(String mode, int status) {
		try (PreforkService service = service("event-loop", "--prefork.blocking-detection=" + mode)
			.libraries(List.of(Jars.of(BlockHound.class)))
			.start()
			.awaitReady()) {
			assertThat(get(service, "/annotated?ms=5").status()).isEqualTo(status);

			service
				.awaitLine(mode.equals("report") ? "A call blocks where nothing may block: java.lang.Thread.sleep in "
						: "Blocking call! java.lang.Thread.sleep");
			assertThat(get(service, "/hello").status()).isEqualTo(200);
		}
	}

	@Test
	void whenBlockHoundIsMissingThenThatIsSaidAndAllIsServed() {
		try (PreforkService service = service("event-loop", "--prefork.blocking-detection=report").start()
			.awaitReady()) {
			service.awaitLine("add io.projectreactor.tools:blockhound");

			assertThat(get(service, "/annotated?ms=5").status()).isEqualTo(200);
		}
	}

	@Test
	void whenThereIsAProfileThenItSetsWhatTheUserHasNot() {
		try (PreforkService service = PreforkService.builder()
			.args("--prefork.profile=cpu", "--prefork.threads=7", "--prefork.workers=1", "--sample.faults.enabled=true")
			.start()
			.awaitReady()) {
			assertThat(get(service, "/annotated").body()).startsWith("prefork-request-");
			assertThat(service.output())
				.contains("prefork.profile sets prefork.worker-class=threads (event loops go on")
				.doesNotContain("prefork.threads=2 (");
		}
	}

	private static PreforkServiceBuilder service(String workerClass, String... args) {
		return PreforkService.builder()
			.args("--prefork.worker-class=" + workerClass, "--prefork.workers=1", "--sample.faults.enabled=true",
					"--management.endpoints.web.exposure.include=*", "--prefork.event-loops=1",
					"--prefork.stall-threshold=1s")
			.args(args);
	}

	private static HttpReply get(PreforkService service, String path) {
		return Http.http11().get(service.url(path));
	}

	private static List<HttpReply> together(PreforkService service, int requests, String path) {
		ExecutorService threads = Executors.newFixedThreadPool(requests);
		try {
			List<CompletableFuture<HttpReply>> replies = IntStream.range(0, requests)
				.mapToObj((number) -> CompletableFuture.supplyAsync(() -> get(service, path), threads))
				.toList();
			return replies.stream().map(CompletableFuture::join).toList();
		}
		finally {
			threads.shutdownNow();
		}
	}

	private record Echo(BlockingQueue<String> received) implements WebSocket.Listener {

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
			this.received.add(text.toString());
			socket.request(1);
			return null;
		}

	}

	/**
	 * What is the same with all classes but event loops.
	 */
	@TestInstance(Lifecycle.PER_CLASS)
	abstract static class OffLoop {

		private final String workerClass;

		private final int concurrency;

		private final int millis;

		private PreforkService service;

		/**
		 * Create tests.
		 * @param workerClass the worker class
		 * @param concurrency how many requests are to be handled at once
		 * @param millis how long each takes, when many come
		 */
		OffLoop(String workerClass, int concurrency, int millis) {
			this.workerClass = workerClass;
			this.concurrency = concurrency;
			this.millis = millis;
		}

		PreforkServiceBuilder configure(PreforkServiceBuilder builder) {
			return builder;
		}

		@BeforeAll
		void start() {
			this.service = configure(
					service(this.workerClass, "--prefork.request-timeout=4s", "--prefork.request-queue=" + REQUESTS))
				.start()
				.awaitReady();
		}

		@AfterAll
		void stop() {
			if (this.service != null) {
				this.service.close();
				// Nobody needs to know that a thread was interrupted.
				assertThat(this.service.output()).doesNotContain("onErrorDropped");
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "/annotated", "/routed", "/filtered" })
		void whenCodeMayBlockThenItIsRunByAThreadOfItsOwn(String path) {
			HttpReply fast = get(this.service, path);
			assertThat(fast.status()).isEqualTo(200);
			assertThat(fast.body()).startsWith("prefork-request-");

			assertThat(get(this.service, path + "?ms=200").body()).startsWith("prefork-request-");
			assertThat(get(this.service, path + "?ms=-1").status()).isEqualTo(400);
		}

		@ParameterizedTest
		@ValueSource(strings = { "/annotated", "/routed" })
		void whenRequestHasContentThenThatIsThereForCodeThatBlocks(String path) {
			List<HttpReply> replies = IntStream.range(0, 3)
				.parallel()
				.mapToObj((number) -> Http.http11().post(this.service.url(path + "?ms=50"), "\"x\""))
				.toList();

			assertThat(replies).allSatisfy((reply) -> {
				assertThat(reply.status()).isEqualTo(200);
				assertThat(reply.body()).startsWith("prefork-request-").endsWith(" \"x\"");
			});
		}

		@Test
		void whenAnswerIsMadeInPartsThenEachMayBlock() {
			String body = get(this.service, "/annotated/parts?parts=50&ms=1").body();

			assertThat(body.lines()).hasSize(50).allMatch((line) -> line.startsWith("prefork-request-"));
		}

		@ParameterizedTest
		@ValueSource(strings = { "/annotated", "/routed", "/filtered" })
		void whenClientLeavesThenTheThreadIsInterrupted(String path) throws IOException {
			int before = interrupted();
			try (Socket socket = new Socket("localhost", this.service.port())) {
				socket.getOutputStream()
					.write("GET %s?ms=60000 HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path)
						.getBytes(StandardCharsets.US_ASCII));
				// Another request would wait behind it with sync.
				await().atMost(LIMIT).until(() -> status().contains("\"active\": 1"));
			}

			await().atMost(LIMIT).until(() -> interrupted() > before);
		}

		@ParameterizedTest
		@ValueSource(strings = { "/annotated", "/routed", "/filtered" })
		void whenRequestTakesTooLongThenItIsAnsweredAndTheThreadIsInterrupted(String path) {
			int before = interrupted();

			HttpReply reply = get(this.service, path + TOO_LONG);

			assertThat(reply.status()).isEqualTo(503);
			assertThat(reply.header("Content-Type")).hasValue("application/problem+json");
			assertThat(reply.body()).contains("\"status\":503", "took too long");
			await().atMost(LIMIT).until(() -> interrupted() > before);
		}

		@Test
		void whenManyRequestsBlockThenAsManyAtATimeAsIsPromised() {
			int requests = (this.concurrency == 1) ? 5 : REQUESTS;

			List<HttpReply> replies = together(this.service, requests, "/annotated?ms=" + this.millis);

			assertThat(replies.stream().collect(Collectors.groupingBy(HttpReply::status, Collectors.counting())))
				.containsOnlyKeys(200);
			assertThat(report(1)).isEqualTo(this.concurrency);
		}

		private String status() {
			return CommandResult.ofPrefork("status", "--json", "--pid", Long.toString(this.service.pid())).output();
		}

		private int interrupted() {
			return report(2);
		}

		private int report(int group) {
			Matcher report = REPORT.matcher(get(this.service, "/annotated/report").body());
			assertThat(report.find()).isTrue();
			return Integer.parseInt(report.group(group));
		}

	}

	@Nested
	class OneAtATime extends OffLoop {

		OneAtATime() {
			super("sync", 1, 200);
		}

	}

	@Nested
	class Threads extends OffLoop {

		Threads() {
			super("threads", 40, 200);
		}

		@Override
		PreforkServiceBuilder configure(PreforkServiceBuilder builder) {
			return builder.args("--prefork.threads=40");
		}

	}

	@Nested
	class VirtualThreads extends OffLoop {

		VirtualThreads() {
			super("virtual-threads", REQUESTS, 3000);
		}

		@Override
		PreforkServiceBuilder configure(PreforkServiceBuilder builder) {
			assumeThat(Jdks.atLeast(21)).as("a JDK with virtual threads").isPresent();
			return builder.javaHome(Jdks.atLeast(21).orElseThrow());
		}

	}

	@Nested
	@TestInstance(Lifecycle.PER_CLASS)
	class EventLoop {

		private PreforkService service;

		@BeforeAll
		void start() {
			this.service = service("event-loop", "--prefork.request-timeout=4s").start().awaitReady();
		}

		@AfterAll
		void stop() {
			this.service.close();
		}

		@ParameterizedTest
		@ValueSource(strings = { "/annotated", "/routed", "/filtered" })
		void whenCodeBlocksThenTheLoopStallsAndThatIsExplained(String path) {
			assertThat(get(this.service, path).body()).doesNotContain("prefork-request-");

			// It can't be answered before the loop is free.
			assertThat(get(this.service, path + TOO_LONG).status()).isIn(200, 503);

			this.service.awaitLine("io.prefork.sample.BlockingWork.block(");
			assertThat(this.service.output()).contains("with prefork.worker-class: threads");
			assertThat(get(this.service, path + "?ms=-1").status()).isEqualTo(400);
		}

		@Test
		void whenRequestWaitsWithoutBlockingThenItIsAnsweredInTime() {
			HttpReply reply = get(this.service, "/slow?ms=60000");

			assertThat(reply.status()).isEqualTo(503);
			assertThat(reply.body()).contains("took too long");
			assertThat(get(this.service, "/actuator/metrics/prefork.worker.request.timeouts").body())
				.containsPattern("\"value\":[1-9]");
		}

		@Test
		void whenManyRequestsBlockThenOneAtATime() {
			List<HttpReply> replies = together(this.service, 5, "/annotated?ms=200");

			assertThat(replies).allMatch((reply) -> reply.status() == 200);
			assertThat(get(this.service, "/annotated/report").body()).startsWith("most=1 ");
		}

	}

}
