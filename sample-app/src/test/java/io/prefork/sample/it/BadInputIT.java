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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is wrong, the start says what, where, and what to do, and leaves nothing
 * behind.
 */
class BadInputIT {

	@TempDir
	private Path directory;

	@Test
	void whenPortIsInUseThenItsOwnerIsNamed() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				PreforkService service = start("--server.address=127.0.0.1", "--server.port=" + taken.getLocalPort())) {
			assertThat(service.awaitExit()).isEqualTo(4);
			assertThat(service.output())
				.contains("127.0.0.1:%d can't be bound: the port is in use by pid %d".formatted(taken.getLocalPort(),
						ProcessHandle.current().pid()))
				.contains("set server.port to another port");
			verifyNothingIsLeft(service);
		}
	}

	@Test
	void whenPropertyIsInvalidThenItIsNamed() {
		try (PreforkService service = start("--prefork.distribution=sharde")) {
			assertThat(service.awaitExit()).isEqualTo(1);
			assertThat(service.output()).contains("APPLICATION FAILED TO START")
				.contains("Property: prefork.distribution")
				.contains("Value: \"sharde\"")
				.contains("must be one of: shared");
			verifyNothingIsLeft(service);
		}
	}

	@Test
	void whenPropertyHasTypingErrorThenTheRightNameIsSuggested() {
		try (PreforkService service = start("--prefork.worker=1").awaitReady()) {
			assertThat(service.output()).contains("prefork.worker means nothing and is ignored (")
				.contains("did you mean prefork.workers?");
			assertThat(service.output().split("means nothing", -1)).hasSize(2);
		}
	}

	@Test
	void whenStartWaitsForItselfThenTheLastMessageSaysWhere() {
		try (PreforkService service = start("--sample.fail=hang-at-start", "--prefork.workers=1",
				"--prefork.boot-timeout=8s")) {
			assertThat(service.awaitExit()).isEqualTo(3);
			assertThat(service.output()).contains("it was not ready within prefork.boot-timeout")
				.contains("main was")
				.contains("io.prefork.sample.BadReleaseConfiguration.lambda$hangAtStart");
			verifyNothingIsLeft(service);
		}
	}

	@Test
	void whenArgumentsComeFromFileThenWorkersGetThemAsTheyAre() throws IOException {
		Path file = Files.writeString(this.directory.resolve("arguments"),
				"-jar %s --prefork.workers=1 \"--sample.version=release one  two\"%n"
					.formatted(PreforkServiceBuilder.application()));
		try (PreforkService service = PreforkService.builder()
			.command(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + file))
			.start()
			.awaitReady()) {
			assertThat(Http.http11().get(service.url("/version")).body()).isEqualTo("release one  two");
		}
	}

	@Test
	void whenJarIsNotReadableThenLauncherSaysSo() throws IOException {
		Path broken = Files.writeString(this.directory.resolve("broken.jar"), "no jar");
		try (PreforkService service = PreforkService.builder().jar(broken).viaLauncher().start()) {
			assertThat(service.awaitExit()).isEqualTo(1);
			assertThat(service.output()).contains(broken + " is not a readable jar");
		}
	}

	@Test
	void whenRunDirectoryIsInUseThenSecondMasterNamesTheFirst() {
		Path runDirectory = this.directory.resolve("run");
		try (PreforkService first = start("--prefork.run-dir=" + runDirectory).awaitReady();
				PreforkService second = start("--prefork.run-dir=" + runDirectory)) {
			assertThat(second.awaitExit()).isEqualTo(1);
			assertThat(second.output()).contains("is in use by the master with pid " + first.pid());
			first.terminate();
			assertThat(first.awaitExit()).isZero();
		}
	}

	@Test
	void whenNoWorkerBootsThenMasterSaysWhy() {
		try (PreforkService service = start("--spring.ssl.bundle.jks.none.keystore.location=missing.p12",
				"--server.ssl.bundle=none")) {
			assertThat(service.awaitExit()).isEqualTo(3);
			assertThat(service.output()).contains("no worker of the first generation could boot")
				.contains("exited with code 1; its last output:")
				.contains("missing.p12");
			verifyNothingIsLeft(service);
		}
	}

	@Test
	void whenJvmOptionOfWorkersIsInvalidThenMasterShowsTheJvmsMessage() {
		try (PreforkService service = start("--prefork.jvm.options=-XX:+NoSuchOption")) {
			assertThat(service.awaitExit()).isEqualTo(3);
			assertThat(service.output()).containsSubsequence("its last output:", "Unrecognized VM option");
			verifyNothingIsLeft(service);
		}
	}

	private PreforkService start(String... args) {
		return PreforkService.builder()
			.env("XDG_RUNTIME_DIR", this.directory.toString())
			.env("PREFORK_WORKERS", "2")
			.args(args)
			.start();
	}

	private void verifyNothingIsLeft(PreforkService service) {
		service.awaitNoProcessLeft();
		assertThat(this.directory.resolve("prefork")).satisfiesAnyOf((base) -> assertThat(base).doesNotExist(),
				(base) -> assertThat(base).isEmptyDirectory());
	}

}
