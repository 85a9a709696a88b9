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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The file by which scripts find the master.
 */
class PidFileIT {

	private static final long NOBODY = 2_000_000_000;

	@TempDir
	private Path directory;

	@Test
	void whenMasterRunsThenThePidFileNamesItAndNobodyElse() throws IOException {
		Path file = Files.writeString(this.directory.resolve("app.pid"), NOBODY + "\n");
		try (PreforkService service = start(file)) {
			service.awaitReady();
			assertThat(file).hasContent(service.pid() + "\n");

			try (PreforkService second = start(file)) {
				assertThat(second.awaitExit()).isEqualTo(1);
				assertThat(second.output()).contains(file.toString(), "process " + service.pid(), "prefork.pid-file");
				second.awaitNoProcessLeft();
			}

			assertThat(file).hasContent(service.pid() + "\n");
			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
			service.terminate();
			assertThat(service.awaitExit()).isZero();
			assertThat(this.directory).isEmptyDirectory();
		}
	}

	@Test
	void whenMasterWasKilledThenTheNextOneTakesThePidFile() {
		Path file = this.directory.resolve("app.pid");
		try (PreforkService killed = start(file)) {
			killed.awaitLine("worker=0 gen=1");
			PreforkService.signal(killed.pid(), "KILL");
			killed.awaitNoProcessLeft();
			assertThat(file).hasContent(killed.pid() + "\n");
		}

		try (PreforkService next = start(file)) {
			next.awaitLine("worker=0 gen=1");

			assertThat(file).hasContent(next.pid() + "\n");
			next.terminate();
			assertThat(next.awaitExit()).isZero();
			assertThat(file).doesNotExist();
		}
	}

	private static PreforkService start(Path file) {
		return PreforkService.builder()
			.args("--prefork.workers=1", "--prefork.pid-file=" + file,
					"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m")
			.start();
	}

}
