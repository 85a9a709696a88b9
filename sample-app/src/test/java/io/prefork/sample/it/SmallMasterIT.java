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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Jdks;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The first JVM is replaced by a small one when it is known that it will be a master, and
 * nobody notices.
 */
class SmallMasterIT {

	private static final int FOREIGN_FUNCTIONS = 22;

	private static final int AOT_CACHE = 25;

	private static final String SMALL = "-Xmx128m";

	private static final String OF_THE_USER = "-Xmx260m";

	private static final Pattern SUCCEEDED = Pattern.compile("upgrade succeeded: the new master pid=(\\d+) serves");

	@TempDir
	private Path directory;

	private Path jdk = Path.of("");

	@BeforeEach
	void findJdk() {
		this.jdk = Jdks.atLeast(FOREIGN_FUNCTIONS).orElse(Path.of(""));
		assumeTrue(Files.isDirectory(this.jdk), "there is no JDK " + FOREIGN_FUNCTIONS + " or later");
		prepare();
	}

	@Test
	void whenJarWasServiceBeforeThenItsMasterIsSmallAndWorkersHaveOptionsOfTheUser() {
		try (PreforkService service = builder().start().awaitReady()) {
			verifySmall(service, service.pid());
			assertThat(service.commandLine(service.readyWorker(0))).contains(OF_THE_USER, "-Dmark=a b")
				.doesNotContain(SMALL);
			assertThat(service.environment(service.readyWorker(0)))
				.noneMatch((variable) -> variable.startsWith("PREFORK_FIRST"));
			service.reload("succeeded");
			assertThat(service.commandLine(service.readyWorker(0))).contains(OF_THE_USER);

			service.signal("USR2");
			Matcher upgraded = SUCCEEDED.matcher(service.awaitLine(SUCCEEDED));
			assertThat(upgraded.find()).isTrue();
			long successor = Long.parseLong(upgraded.group(1));
			verifySmall(service, successor);
			assertThat(service.awaitExit()).isZero();
			PreforkService.signal(successor, "TERM");
			service.awaitNoProcessLeft();
		}
	}

	@Test
	void whenItTurnsOutToBeNoMasterThenItIsWhatTheUserStartedAndIsNotReplacedNextTime() throws IOException {
		Files.createDirectory(this.directory.resolve("config"));
		Files.writeString(this.directory.resolve("config/application.yml"), "prefork.enabled: false\n");
		for (String seen : List.of("replaced twice", "never replaced")) {
			try (PreforkService service = builder().start()) {
				service.awaitLine("Netty started on port");
				assertThat(service.commandLine(service.pid())).as(seen)
					.contains(OF_THE_USER, "-Dmark=a b")
					.doesNotContain(SMALL)
					.contains(PreforkServiceBuilder.application().toString());
				assertThat(service.environment(service.pid()).contains("PREFORK_FIRST_COMMAND"))
					.isEqualTo(seen.equals("replaced twice"));
				service.terminate();
			}
		}
	}

	private void prepare() {
		try (PreforkService service = builder().args("--prefork.preload.wait=true").start().awaitReady()) {
			assertThat(service.commandLine(service.pid())).doesNotContain(SMALL);
			service.terminate();
			assertThat(service.awaitExit()).isZero();
		}
	}

	private void verifySmall(PreforkService service, long master) {
		assertThat(service.commandLine(master)).contains(SMALL, "-Dmark=a b").doesNotContain(OF_THE_USER);
		if (Jdks.atLeast(AOT_CACHE).filter(this.jdk::equals).isPresent()) {
			assertThat(service.mapped(master)).contains(".aot");
		}
	}

	private PreforkServiceBuilder builder() {
		return PreforkService.builder()
			.jar(PreforkServiceBuilder.application())
			.javaHome(this.jdk)
			.workDir(this.directory)
			.jvmOptions(OF_THE_USER, "-Dmark=a b")
			.args("--prefork.workers=1", "--prefork.preload.enabled=true", "--prefork.reload.canary=0s",
					"--prefork.preload.cache-dir=" + this.directory.resolve("cache"));
	}

}
