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

package io.prefork.boot.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LearnedPaths}.
 */
class LearnedPathsTests {

	@TempDir
	private Path directory;

	@Test
	void whenPathsWereWrittenThenTheyFollowThoseOfTheUser() {
		LearnedPaths.write(this.directory, List.of("/hello", "/prices"));

		assertThat(LearnedPaths.and(this.directory, List.of("/prices", "/other"))).containsExactly("/prices", "/other",
				"/hello");
	}

	@Test
	void whenNothingWasWrittenThenThereAreThoseOfTheUser() throws IOException {
		assertThat(LearnedPaths.and(this.directory, List.of("/other"))).containsExactly("/other");

		Files.createDirectory(this.directory.resolve("paths"));
		LearnedPaths.write(this.directory, List.of("/hello"));
		assertThat(LearnedPaths.and(this.directory, List.of("/other"))).containsExactly("/other");
	}

}
