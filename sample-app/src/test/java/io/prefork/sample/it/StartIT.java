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
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ways in, and what a start looks like.
 */
class StartIT {

	private static final String TWO_WORKERS = "--prefork.workers=2";

	private final Http http = Http.http11();

	@Test
	void whenStartedByJavaJarThenWorkersShareThePort() {
		try (PreforkService service = PreforkService.builder()
			.jar(PreforkServiceBuilder.application())
			.args("--server.port=0", TWO_WORKERS)
			.start()) {
			verifyServes(service.awaitReady());

			List<String> banners = service.lines()
				.stream()
				.filter((line) -> line.contains(":: Spring Boot ::"))
				.toList();
			assertThat(banners).hasSize(1);
			assertThat(service.lines()).filteredOn((line) -> line.contains("Started SampleApplication"))
				.anyMatch((line) -> line.contains("[worker=0]"))
				.anyMatch((line) -> line.contains("[worker=1]"));
			assertThat(service.lines()).filteredOn((line) -> line.contains("Netty started on port " + service.port()))
				.hasSize(2);
			stop(service);
		}
	}

	@Test
	void whenStartedByLauncherThenWorkersShareThePort() {
		try (PreforkService service = PreforkService.builder()
			.jar(PreforkServiceBuilder.application())
			.viaLauncher("-w", "2", "--graceful-timeout", "5s")
			.args("--server.port=0")
			.start()) {
			verifyServes(service.awaitReady());

			stop(service);
		}
	}

	@Test
	void whenStartedFromAnExplodedClassPathThenWorkersShareThePort(@TempDir Path directory) throws IOException {
		String classPath = explode(directory);
		PreforkServiceBuilder builder = PreforkService.builder()
			.command(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath,
					"io.prefork.sample.SampleApplication"))
			.args("--server.port=0", TWO_WORKERS, "--spring.application.name=two words");
		try (PreforkService service = builder.start()) {
			verifyServes(service.awaitReady());

			assertThat(service.lines()).filteredOn((line) -> line.contains("Started SampleApplication"))
				.allMatch((line) -> line.contains("[two words]"));
			stop(service);
		}
	}

	@Test
	void whenManagementHasItsOwnPortThenWorkersShareBothPorts() {
		try (PreforkService service = PreforkService.builder()
			.args("--server.port=0", "--server.address=127.0.0.1", "--management.server.port=0", TWO_WORKERS)
			.start()) {
			verifyServes(service.awaitReady());

			assertThat(service.addresses()).hasSize(2);
			assertThat(service.addresses().get(0)).isEqualTo("127.0.0.1:" + service.port());
			String management = service.addresses().get(1);
			String port = management.substring(management.lastIndexOf(':') + 1);
			for (int i = 0; i < 10; i++) {
				assertThat(this.http.get("http://127.0.0.1:" + port + "/actuator/health").body()).contains("UP");
			}
			assertThat(this.http.get(service.url("/actuator/health")).status()).isEqualTo(404);
			stop(service);
		}
	}

	/**
	 * What makes all other tests fast.
	 */
	@Test
	void whenFilesNeverChangeThenWorkersUseTheArchiveThatIsBoundToThem() {
		try (PreforkService service = PreforkService.builder()
			.args("--prefork.workers=1", "--prefork.jvm.options=-Xlog:class+load")
			.start()
			.awaitReady()) {
			assertThat(service.lines()).anyMatch((line) -> line
				.contains("io.prefork.boot.lifecycle.WorkerRuntime source: shared objects file (top)"));
			assertThat(service.commandLine(service.readyWorker(0))).noneMatch((word) -> word.contains("gen-1"));
		}
	}

	private void verifyServes(PreforkService service) {
		assertThat(service.readyWorkers()).hasSize(2);
		for (int i = 0; i < 20; i++) {
			long pid = Long.parseLong(Http.http11().get(service.url("/pid")).body());
			assertThat(service.readyWorkers()).containsValue(pid);
		}
	}

	private static void stop(PreforkService service) {
		service.terminate();

		assertThat(service.awaitExit()).isZero();
		assertThat(service.lines()).filteredOn((line) -> line.contains("Sample application stopped")).hasSize(2);
		service.awaitNoProcessLeft();
	}

	private static String explode(Path directory) throws IOException {
		run(directory, "jar", "xf", Path.of("target", "sample-app.jar").toAbsolutePath().toString());
		try (Stream<Path> libraries = Files.list(directory.resolve("BOOT-INF/lib"))) {
			return Stream.concat(Stream.of(directory.resolve("BOOT-INF/classes")), libraries)
				.map(Path::toString)
				.reduce((left, right) -> left + ":" + right)
				.orElseThrow();
		}
	}

	private static void run(Path directory, String... command) throws IOException {
		Process process = new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start();
		assertThat(process.onExit().join().exitValue()).isZero();
	}

}
