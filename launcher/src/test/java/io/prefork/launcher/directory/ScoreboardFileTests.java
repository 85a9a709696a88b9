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

package io.prefork.launcher.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.RunDirectoryFiles;
import io.prefork.contract.Scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ScoreboardFile}.
 */
class ScoreboardFileTests {

	@Test
	void whenFileIsGoneThenOthersFindTheSameMemoryUnderItsName(@TempDir Path base) throws Exception {
		try (RunDirectories directories = RunDirectories.take(base.resolve("run"), Map.of(), 17, null);
				ScoreboardFile scoreboard = ScoreboardFile.create(directories)) {
			Path file = RunDirectoryFiles.scoreboardIn(directories.own().path());
			assertThat(scoreboard.restore(directories.own().path())).isFalse();
			Files.delete(file);

			directories.restore();

			scoreboard.scoreboard().limit(7);
			assertThat(Scoreboard.open(file).limit()).isEqualTo(7);
			assertThat(scoreboard.restore(directories.own().path())).isFalse();
		}
	}

}
