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

import org.junit.jupiter.api.Test;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.Sockets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where several processes make no sense the application is one, and says why.
 */
class OneProcessIT {

	@Test
	void whenDebuggerIsAttachedThenApplicationIsOneProcess() {
		try (PreforkService service = PreforkService.builder()
			.jvmOptions("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n")
			.start()) {
			service.awaitLine("running as one process: a debugger can attach to this JVM");
			service.awaitLine("Started SampleApplication");

			assertThat(service.descendants()).isEmpty();
		}
	}

	@Test
	void whenDisabledThenApplicationIsOneProcessAndSaysNothing() {
		try (PreforkService service = PreforkService.builder().args("--prefork.enabled=false").start()) {
			service.awaitLine("Started SampleApplication");

			assertThat(service.descendants()).isEmpty();
			assertThat(service.output()).doesNotContain("running as one process");
		}
	}

	@Test
	void whenLaunchedApplicationRulesItOutThenLauncherRunsItAsOneProcess() {
		try (PreforkService service = PreforkService.builder()
			.viaLauncher()
			.args("--spring.main.web-application-type=none", "--spring.main.keep-alive=true")
			.start()) {
			service.awaitLine("running as one process: the application is not a reactive web application");
			service.awaitLine("Started SampleApplication");

			service.terminate();

			assertThat(service.awaitExit()).isEqualTo(143);
			service.awaitNoProcessLeft();
		}
	}

	@Test
	void whenThereIsNoRoomForTemporaryFilesThenApplicationIsOneProcessAndTheWarningSaysWhy() {
		// A file system that is always full.
		try (PreforkService service = PreforkService.builder()
			.jvmOptions("-Dio.netty.native.workdir=/proc/self")
			.start()) {
			String warning = service.awaitLine("running as one process: Netty's native epoll transport does not work");
			service.awaitLine("Started SampleApplication");

			assertThat(warning).contains(" WARN ")
				.contains("the directory for temporary files, /proc/self, is full or can't be written: make room");
		}
	}

	@Test
	void whenTrainingRunThenApplicationIsOneProcess() {
		try (PreforkService service = PreforkService.builder().jvmOptions("-Dspring.context.exit=onRefresh").start()) {
			service.awaitLine("running as one process: this is a training run");

			assertThat(service.awaitExit()).isZero();
		}
	}

	@Test
	void whenForcedUnderADebuggerThenEachWorkerHasAPortOfItsOwn() throws IOException {
		int port = Sockets.freePort();
		try (PreforkService service = PreforkService.builder()
			.jvmOptions("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port)
			.args("--prefork.enabled=true", "--prefork.workers=2")
			.start()
			.awaitReady()) {
			assertThat(service.output()).contains("only one process can have the port of -agentlib:jdwp");
			for (int slot = 0; slot < 2; slot++) {
				assertThat(service.commandLine(service.readyWorker(slot)))
					.contains("-agentlib:jdwp=transport=dt_socket,server=y,address=127.0.0.1:%d,suspend=n"
						.formatted(port + 1 + slot));
			}
			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
		}
	}

}
