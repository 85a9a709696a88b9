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

package io.prefork.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.supervisor.ExitCodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PidFile}.
 */
class PidFileTests {

	private static final long NOBODY = 2_000_000_000;

	@TempDir
	private Path directory;

	private Path file = Path.of("");

	@BeforeEach
	void chooseFile() {
		this.file = this.directory.resolve("app.pid");
	}

	@Test
	void whenClosedThenTheFileIsGone() {
		try (PidFile pidFile = new PidFile(this.file, NOBODY)) {
			pidFile.write();
			assertThat(this.directory).isDirectoryContaining((file) -> file.equals(this.file));
			assertThat(this.file).hasContent("2000000000");
		}

		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void whenFileIsStaleThenItIsOverwritten() throws IOException {
		Files.writeString(this.file, Long.toString(NOBODY));

		new PidFile(this.file, NOBODY + 1).write();

		assertThat(this.file).hasContent("2000000001");
	}

	@Test
	void whenFileNamesRunningJvmThenItIsLeftAlone() throws IOException {
		String own = Long.toString(ProcessHandle.current().pid());
		Files.writeString(this.file, own);

		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> new PidFile(this.file, NOBODY).write())
			.withMessageContaining(own)
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCodes.USAGE));
		assertThat(this.file).hasContent(own);
	}

	@Test
	void whenPredecessorHasTheFileThenItCanBeReplaced() throws IOException {
		Files.writeString(this.file, Long.toString(ProcessHandle.current().pid()));

		new PidFile(this.file, NOBODY).replace();

		assertThat(this.file).hasContent("2000000000");
	}

	@Test
	void whenSomebodyElseHasWrittenTheFileThenItStays() throws IOException {
		PidFile written = new PidFile(this.file, NOBODY);
		written.write();
		Files.writeString(this.file, "17");

		written.close();

		assertThat(this.file).hasContent("17");
	}

	@Test
	void whenDirectoryIsMissingThenTheMessageNamesTheFile() {
		Path missing = this.directory.resolve("missing/app.pid");

		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> new PidFile(missing, NOBODY).write())
			.withMessageContaining(missing.toString());
	}

}
