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
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.log.LoggedLines;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkingDirectory}.
 */
class WorkingDirectoryTests {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void whenEnteredByLinkThenTheLinkIsFollowedAnew() throws IOException {
		Path first = Files.createDirectory(this.directory.resolve("1"));
		Path link = Files.createSymbolicLink(this.directory.resolve("current"), first);

		WorkingDirectory working = new WorkingDirectory(first, Map.of("PWD", link.toString()));

		assertThat(working.resolve("app.jar")).isEqualTo(link.resolve("app.jar"));
		assertThat(working.existing()).isEqualTo(link);
		assertThat(working.resolve("/x/app.jar")).isEqualTo(Path.of("/x/app.jar"));
	}

	@Test
	void whenVariableNamesAnotherDirectoryThenItIsNotUsed() {
		assertThat(new WorkingDirectory(this.directory, Map.of("PWD", "/")).resolve("a"))
			.isEqualTo(this.directory.resolve("a"));
		assertThat(new WorkingDirectory(this.directory, Map.of("PWD", ".")).resolve("a"))
			.isEqualTo(this.directory.resolve("a"));
		assertThat(new WorkingDirectory(this.directory, Map.of("PWD", "/nowhere")).resolve("a"))
			.isEqualTo(this.directory.resolve("a"));
	}

	@Test
	void whenItIsGoneThenTheRootIsUsedAndThatIsSaidOnce() throws IOException {
		Path gone = Files.createDirectory(this.directory.resolve("gone"));
		WorkingDirectory working = new WorkingDirectory(gone, Map.of());
		Files.delete(gone);

		try (LoggedLines log = new LoggedLines()) {
			assertThat(working.existing()).isEqualTo(Path.of("/"));
			assertThat(working.existing()).isEqualTo(Path.of("/"));
			assertThat(log.lines()).singleElement().asString().contains(gone + " is gone");
		}
		Files.createDirectory(gone);
		assertThat(working.existing()).isEqualTo(gone);
	}

}
