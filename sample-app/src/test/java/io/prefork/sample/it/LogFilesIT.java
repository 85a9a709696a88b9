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
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.Log4jApplication;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each worker rotates a log file of its own, so no line is lost or torn, also while one
 * is replaced by another.
 */
@Tag("slow")
class LogFilesIT {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final int REQUESTS = 1500;

	private static final int CLIENTS = 4;

	private static final Pattern LOGGED = Pattern.compile("GET /hello\\?n=(\\d+) HTTP");

	@TempDir
	private Path directory;

	@Test
	void whenLogbackRotatesUnderLoadAndDuringAReloadThenNoLineIsLostOrTorn() {
		verifyNoLineIsLostOrTorn(PreforkService.builder(), "logback");
	}

	@Test
	void whenLog4jRotatesUnderLoadAndDuringAReloadThenNoLineIsLostOrTorn(@TempDir Path application) throws IOException {
		verifyNoLineIsLostOrTorn(PreforkService.builder().command(Log4jApplication.in(application)), "log4j2");
	}

	private void verifyNoLineIsLostOrTorn(PreforkServiceBuilder builder, String system) {
		String policy = "--logging.%s.rollingpolicy.".formatted(system);
		try (PreforkService service = builder
			.env("JAVA_TOOL_OPTIONS", "-Dreactor.netty.http.server.accessLogEnabled=true")
			.args("--prefork.workers=2", "--prefork.reload.canary=0s", "--prefork.graceful-timeout=5s",
					"--logging.file.name=" + this.directory.resolve("app.log"), policy + "max-file-size=20KB",
					policy + "max-history=100")
			.start()
			.awaitReady()) {
			AtomicInteger next = new AtomicInteger();
			CompletableFuture<?>[] clients = IntStream.range(0, CLIENTS)
				.mapToObj((client) -> CompletableFuture.runAsync(() -> request(service, next)))
				.toArray(CompletableFuture<?>[]::new);
			Awaitility.await().atMost(LIMIT).until(() -> next.get() > REQUESTS / 3);

			service.reload("succeeded");
			CompletableFuture.allOf(clients).join();
			service.terminate();
			assertThat(service.awaitExit()).isZero();
		}

		List<Path> files = files();
		assertThat(files).hasSizeGreaterThan(8);
		assertThat(files.stream().map((file) -> file.getFileName().toString().replaceAll("\\.log.*", "")).distinct())
			.contains("app", "app-0", "app-1")
			.hasSizeGreaterThanOrEqualTo(4);
		List<String> lines = files.stream().flatMap((file) -> lines(file).stream()).toList();
		assertThat(lines.stream()
			.map(LOGGED::matcher)
			.filter((line) -> line.find())
			.map((line) -> Integer.parseInt(line.group(1)))
			.sorted()
			.toList()).isEqualTo(IntStream.range(0, REQUESTS).boxed().toList());
		assertThat(lines).filteredOn((line) -> line.contains("/hello?n="))
			.allSatisfy((line) -> assertThat(line).matches("\\d{4}-.* INFO \\[worker=\\d+] .*\" 200 .*"));
	}

	private static void request(PreforkService service, AtomicInteger next) {
		for (int n = next.getAndIncrement(); n < REQUESTS; n = next.getAndIncrement()) {
			assertThat(Http.http11().get(service.url("/hello?n=" + n)).status()).isEqualTo(200);
		}
	}

	private List<Path> files() {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> lines(Path file) {
		try (InputStream in = Files.newInputStream(file);
				BufferedReader reader = new BufferedReader(new InputStreamReader(
						file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
			return reader.lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
