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

package io.prefork.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link Roster}.
 */
class RosterTests {

	private static final Roster.Member MEMBER = new Roster.Member(17, "1234@boot", "abc");

	@TempDir
	private Path directory;

	@Test
	void whenWrittenThenItIsReadAgain() throws IOException {
		Path file = this.directory.resolve("workers");
		Roster roster = new Roster(List.of(MEMBER, new Roster.Member(18, "1@boot", "def")));

		new Roster(List.of()).write(file);
		roster.write(file);

		assertThat(Roster.read(file)).isEqualTo(roster);
		assertThat(this.directory).isDirectoryNotContaining((other) -> !other.equals(file));
	}

	@Test
	void whenLinesMakeNoSenseThenTheyAreSkipped() throws IOException {
		Path file = Files.writeString(this.directory.resolve("workers"),
				"\nmaster\n-1 2 abc\n17 1234@boot abc\n17 abc\n99999999999 1 abc\n17 1 a b\n");

		assertThat(Roster.read(file).members()).containsExactly(MEMBER);
	}

	@Test
	void whenFileIsMissingThenItFails() {
		assertThatIOException().isThrownBy(() -> Roster.read(this.directory.resolve("none")));
	}

}
