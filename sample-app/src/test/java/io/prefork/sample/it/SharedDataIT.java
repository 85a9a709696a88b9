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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Data that is written once per generation and mapped by all of its workers.
 */
class SharedDataIT {

	private static final String WRITTEN = "Shared data prices: ";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@MethodSource("io.prefork.sample.it.support.Jdks#homes")
	void whenWorkersShareDataThenOneWritesItAndItGoesWithItsGeneration(Path jdk) throws IOException {
		try (PreforkService service = builder().javaHome(jdk).start().awaitReady()) {
			Path file = file(1);
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("r--------");
			verifyMapped(service, 0, file);
			verifyMapped(service, 1, file);
			verifyAnswers(service);

			PreforkService.signal(service.readyWorker(1), "KILL");
			service.awaitWorkerReady(1, service.readyWorker(1));
			verifyMapped(service, 1, file);
			assertThat(timesWritten(service)).isEqualTo(1);

			service.reload("succeeded");
			service.awaitProcesses(2);
			verifyMapped(service, 0, file(2));
			verifyAnswers(service);
			assertThat(timesWritten(service)).isEqualTo(2);
			assertThat(file).doesNotExist();

			service.terminate();
			assertThat(service.awaitExit()).isZero();
			assertThat(this.directory.resolve("run")).isEmptyDirectory();
		}
	}

	@Test
	void whenThereIsNoRoomThenWorkerSaysWhereAndReloadIsRolledBack() throws IOException {
		try (PreforkService service = builder().start().awaitReady()) {
			Path next = generation(2);
			Files.createDirectories(next);
			Files.createFile(next.resolve("shared"));

			service.reload("rolled back");

			assertThat(service.output())
				.contains("The shared data prices can't be written or mapped in " + next.resolve("shared"));
			verifyAnswers(service);
		}
	}

	@Test
	void whenThereAreNoWorkersThenTheProcessHasTheDataItself() {
		try (PreforkService service = builder().args("--prefork.enabled=false", "--server.port=0").start()) {
			String line = service.awaitLine("Netty started on port");
			String port = line.replaceAll(".*port (\\d+).*", "$1");

			assertThat(Http.http11().get("http://127.0.0.1:%s/prices/7".formatted(port)).body())
				.contains("article 7 costs");
		}
	}

	private static void verifyAnswers(PreforkService service) {
		assertThat(Http.http11().get(service.url("/prices/123")).body())
			.isEqualTo("article 123 costs 123 cents, all taxes included");
		assertThat(Http.http11().get(service.url("/prices/1000")).status()).isEqualTo(404);
	}

	private static void verifyMapped(PreforkService service, int slot, Path file) throws IOException {
		assertThat(Files.readAllLines(Path.of("/proc", Long.toString(service.readyWorker(slot)), "maps")))
			.anyMatch((line) -> line.contains(" r--s ") && line.endsWith(" " + file));
	}

	private static long timesWritten(PreforkService service) {
		return service.lines().stream().filter((line) -> line.contains(WRITTEN)).count();
	}

	private Path file(int generation) throws IOException {
		return generation(generation).resolve("shared/prices");
	}

	private Path generation(int number) throws IOException {
		try (Stream<Path> files = Files.walk(this.directory.resolve("run"), 2)) {
			return files.filter((file) -> file.endsWith("gen-1") || file.endsWith("gen-2"))
				.findFirst()
				.orElseThrow()
				.resolveSibling("gen-" + number);
		}
	}

	private PreforkServiceBuilder builder() {
		return PreforkService.builder()
			.args("--prefork.workers=2", "--prefork.reload.canary=0s", "--sample.prices=1000",
					"--prefork.run-dir=" + this.directory.resolve("run"));
	}

}
