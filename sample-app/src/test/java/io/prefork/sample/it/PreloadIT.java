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

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers start from an archive as soon as there is one, with each JDK of this machine,
 * and without it whatever is wrong with it.
 */
@Tag("slow")
class PreloadIT {

	private static final Pattern PREPARED = Pattern.compile("preload: .*the next workers use (\\S+) in ");

	private static final long SOME_CLASSES = 500_000;

	private static final Duration LIMIT = Duration.ofMinutes(5);

	@TempDir
	private Path directory;

	@ParameterizedTest
	@MethodSource("io.prefork.sample.it.support.Jdks#homes")
	void whenArchiveIsReadyThenNextWorkersUseItAndSoDoThoseOfTheNextMaster(Path jdk) throws IOException {
		Path archive;
		try (PreforkService service = start(jdk, cache())) {
			assertThat(archived(service)).containsOnly("false");
			archive = prepared(service, 0);

			PreforkService.signal(service.readyWorker(1), "KILL");
			service.awaitWorkerReady(1, service.readyWorker(1));
			assertThat(archived(service)).containsExactly("false", "true");
			service.reload("succeeded");

			assertThat(archived(service)).containsOnly("true");
			service.terminate();
			assertThat(service.awaitExit()).isZero();
		}
		try (PreforkService service = start(jdk, cache())) {
			assertThat(archived(service)).containsOnly("true");
			assertThat(service.output()).doesNotContain("preload:");
		}
		truncate(archive);
		try (PreforkService service = start(jdk, cache())) {
			assertThat(archived(service)).containsOnly("false");
			assertThat(prepared(service, 0)).isEqualTo(archive);
			verifyLossIsHarmless(service, archive);
		}
	}

	@ParameterizedTest
	@MethodSource("io.prefork.sample.it.support.Jdks#homes")
	void whenArchiveIsTrainedWithRequestsThenItHoldsWhatTheyNeedAndNobodyElseGotThem(Path jdk) throws IOException {
		long fromRefresh;
		try (PreforkService service = start(jdk, cache())) {
			fromRefresh = Files.size(prepared(service, 0));
			service.terminate();
			assertThat(service.awaitExit()).isZero();
		}
		try (PreforkService service = start(jdk, cache(), "--prefork.preload.training=requests",
				"--prefork.preload.warmup=/hello", "--prefork.preload.wait=true")) {
			assertThat(Files.size(prepared(service, 0))).isGreaterThan(fromRefresh + SOME_CLASSES);
			assertThat(archived(service)).containsOnly("true");
			assertThat(service.output()).containsOnlyOnce("ready address");
			assertThat(Http.http11().get(service.url("/actuator/prometheus")).body()).doesNotContain("uri=\"/hello\"");
			service.terminate();
			assertThat(service.awaitExit()).isZero();
		}
		try (PreforkService service = start(jdk, cache(), "--prefork.preload.training=off")) {
			assertThat(archived(service)).containsOnly("true");
		}
	}

	@ParameterizedTest
	@MethodSource("io.prefork.sample.it.support.Jdks#homes")
	void whenApplicationIsExtractedAlreadyThenWorkersUseAnArchiveOfItsJars(Path jdk) {
		try (PreforkService service = waiting(
				PreforkService.builder().jar(PreforkServiceBuilder.extractedApplication()).javaHome(jdk), cache())) {
			assertThat(archived(service)).containsOnly("true");
		}
	}

	@Test
	void whenApplicationIsAClassPathThenWorkersUseAnArchiveOfItsJars() {
		Path jar = PreforkServiceBuilder.extractedApplication();
		String classPath = jar + File.pathSeparator + jar.resolveSibling("lib") + "/*";
		try (PreforkService service = waiting(PreforkService.builder()
			.command(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath,
					"io.prefork.sample.SampleApplication")),
				cache())) {
			assertThat(archived(service)).containsOnly("true");
		}
	}

	@Test
	void whenApplicationIsPreparedByTheLauncherThenFirstWorkersOfAnotherMachineUseIt() throws Exception {
		Path launcher = PreforkServiceBuilder.launcher();
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
				launcher.toString(), "prepare", "--preload.cache-dir", cache().toString(), "--jvm.heap", "100MB",
				PreforkServiceBuilder.application().toString())
			.redirectErrorStream(true)
			.start();
		assertThat(process.inputReader().lines()).anyMatch((line) -> line.contains("the next workers use"));
		assertThat(process.waitFor()).isZero();

		try (PreforkService service = start(Path.of(System.getProperty("java.home")), cache(),
				"--prefork.preload.training=off", "--prefork.jvm.heap=120MB", "--prefork.jvm.options-inherit=false")) {
			assertThat(archived(service)).containsOnly("true");
		}
	}

	@ParameterizedTest
	@MethodSource("io.prefork.sample.it.support.Jdks#homes")
	void whenArchiveCannotBeMadeThenServiceSaysWhyAndServes(Path jdk) throws IOException {
		Path file = Files.createFile(this.directory.resolve("no-directory"));
		try (PreforkService service = start(jdk, file)) {
			assertThat(service.output()).contains("preload: " + file + " can't be used");
			assertThat(archived(service)).containsOnly("false");
		}
	}

	/**
	 * A worker that is replaced while the archive is damaged, and then the whole cache
	 * gone.
	 */
	private static void verifyLossIsHarmless(PreforkService service, Path archive) throws IOException {
		truncate(archive);
		long first = service.readyWorker(0);
		PreforkService.signal(first, "KILL");
		service.awaitWorkerReady(0, first);
		service.awaitLine(archive + " is gone or has changed");
		try (Stream<Path> files = Files.walk(archive.resolveSibling("application"))) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
		long second = service.readyWorker(1);
		PreforkService.signal(second, "KILL");
		service.awaitWorkerReady(1, second);
		service.awaitLine("the application is not any more what was put into");
		assertThat(archived(service)).containsOnly("false");
		service.reload("succeeded");
		prepared(service,
				service.lines().indexOf(service.awaitLine("the application is not any more what was put into")));
	}

	@Test
	void whenWorkerIsReplacedThenItWarmsUpBeforeItServesAndThatIsNoTraffic() {
		try (PreforkService service = PreforkService.builder()
			.args("--prefork.workers=1", "--prefork.preload.warmup=/hello,/version")
			.start()
			.awaitReady()) {
			assertThat(service.output()).doesNotContain("Warmed up");
			long first = service.readyWorker(0);

			PreforkService.signal(first, "KILL");
			service.awaitWorkerReady(0, first);

			service.awaitLine("Warmed up with");
			assertThat(Http.http11().get(service.url("/actuator/prometheus")).body())
				.doesNotContain("http_server_requests_seconds_count")
				.containsPattern("prefork_worker_requests_total\\{[^}]*} [0-9]\\.0");
		}
	}

	@Test
	void whenServiceLearnsThenReplacementsWarmUpWithWhatIsAskedFor() {
		try (PreforkService service = PreforkService.builder()
			.args("--prefork.workers=1", "--prefork.preload.learn=true", "--prefork.run-dir=" + this.directory)
			.start()
			.awaitReady()) {
			for (int i = 0; i < 30; i++) {
				assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
			}
			Path paths = this.directory.resolve(Long.toString(service.pid())).resolve("paths");
			Awaitility.await().atMost(LIMIT).untilAsserted(() -> assertThat(paths).hasContent("/hello"));
			long first = service.readyWorker(0);

			PreforkService.signal(first, "KILL");
			service.awaitWorkerReady(0, first);

			service.awaitLine("Warmed up with");
		}
	}

	private Path cache() {
		return this.directory.resolve("cache");
	}

	private static PreforkService waiting(PreforkServiceBuilder application, Path cache) {
		return start(application, cache, "--prefork.preload.wait=true");
	}

	private static PreforkService start(Path jdk, Path cache, String... arguments) {
		return start(PreforkService.builder().jar(PreforkServiceBuilder.application()).javaHome(jdk), cache, arguments);
	}

	private static PreforkService start(PreforkServiceBuilder application, Path cache, String... arguments) {
		return application
			.args("--prefork.workers=2", "--prefork.preload.enabled=true", "--prefork.reload.canary=0s",
					"--prefork.preload.cache-dir=" + cache)
			.args(arguments)
			.start()
			.awaitReady();
	}

	private static Path prepared(PreforkService service, int from) {
		Matcher line = PREPARED.matcher(service.awaitLine(from, PREPARED, LIMIT));
		assertThat(line.find()).isTrue();
		return Path.of(line.group(1));
	}

	private static List<String> archived(PreforkService service) {
		service.awaitReadySlots(2);
		return Pattern.compile("\"archived\":\\s*(\\w+)")
			.matcher(Http.http11().get(service.url("/actuator/workers")).body())
			.results()
			.map((result) -> result.group(1))
			.toList();
	}

	private static void truncate(Path archive) throws IOException {
		// Those who have mapped it keep the old one.
		Path copy = archive.resolveSibling("copy");
		Files.write(copy, Arrays.copyOf(Files.readAllBytes(archive), 5_000_000));
		Files.move(copy, archive, StandardCopyOption.REPLACE_EXISTING);
	}

}
