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

package io.prefork.launcher.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SystemFiles}, with those of this machine.
 */
class SystemFilesTests {

	private final SystemFiles files = SystemFiles.current();

	@Test
	void whenNumberIsReadThenItIsWhatTheSystemSays() throws IOException {
		assertThat(this.files.number("proc/sys/net/core/somaxconn")).hasValue(said("cat /proc/sys/net/core/somaxconn"));
	}

	@Test
	void whenLimitIsReadThenItIsWhatAChildProcessGets() throws IOException {
		assertThat(this.files.number("proc/self/limits", "Max open files")).hasValue(said("ulimit -n"));
	}

	@Test
	void whenThereIsNoSuchNumberThenThereIsNothing() {
		assertThat(this.files.number("proc/nothing")).isEmpty();
		assertThat(this.files.number("proc/version")).isEmpty();
		assertThat(this.files.number("proc/meminfo", "Nothing:")).isEmpty();
		assertThat(new SystemFiles(Path.of("/nowhere")).lines("proc/version")).isEmpty();
	}

	private static long said(String command) throws IOException {
		Process process = new ProcessBuilder("sh", "-c", command).start();
		return Long.parseLong(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
	}

}
