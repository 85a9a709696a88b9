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

package io.prefork.rundir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.RunDirectoryFiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RunDirectory}.
 */
class RunDirectoryTests {

	private static final long PID = 17;

	@Test
	void whenDirectoryIsTakenThenOnlyItsOwnerMayEnter(@TempDir Path base) throws IOException {
		Path directory = base.resolve("a/b");

		try (RunDirectory taken = take(directory, true)) {
			assertThat(taken.path()).isEqualTo(directory);
			assertThat(RunDirectory.holder(directory)).isEqualTo("17");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))).isEqualTo("rwx------");
		}
	}

	@Test
	void whenAnotherProcessHoldsItThenItCanNotBeTakenUntilThatProcessEnds(@TempDir Path base) throws IOException {
		Path directory = base.resolve("run");
		OtherMaster other = OtherMaster.takes(directory, false);
		Files.createFile(RunDirectoryFiles.socketIn(directory));

		RunDirectory refused = RunDirectory.take(directory, false, PID);

		assertThat(refused).isNull();
		assertThat(RunDirectory.holder(directory)).isEqualTo(Long.toString(other.pid()));
		assertThat(RunDirectoryFiles.socketIn(directory)).exists();
		other.close();
		try (RunDirectory taken = take(directory, false)) {
			assertThat(RunDirectory.holder(taken.path())).isEqualTo("17");
			assertThat(RunDirectoryFiles.socketIn(directory)).doesNotExist();
		}
	}

	@Test
	void whenThisProcessHoldsItThenItCanNotBeTakenAgain(@TempDir Path base) throws IOException {
		Path directory = base.resolve("run");

		try (RunDirectory taken = take(directory, true)) {
			assertThat(RunDirectory.take(taken.path(), true, PID)).isNull();
		}
	}

	@Test
	void whenTemporaryDirectoryIsClosedThenNothingIsLeft(@TempDir Path base) throws IOException {
		RunDirectory taken = take(base.resolve("run"), true);
		Files.createFile(RunDirectoryFiles.socketIn(taken.path()));

		taken.close();

		assertThat(taken.path()).doesNotExist();
	}

	@Test
	void whenPermanentDirectoryIsClosedThenItStaysWithoutContent(@TempDir Path base) throws IOException {
		RunDirectory taken = take(base.resolve("run"), false);
		Files.createFile(RunDirectoryFiles.socketIn(taken.path()));

		taken.close();

		assertThat(taken.path()).isEmptyDirectory();
	}

	@Test
	void whenMastersAreDeadThenWhatTheyLeftIsRemoved(@TempDir Path base) throws IOException {
		OtherMaster.takes(base.resolve("dead"), true).close();
		OtherMaster.takes(base.resolve("dead-permanent"), false).close();
		Files.createFile(RunDirectoryFiles.socketIn(base.resolve("dead")));
		Files.createDirectory(base.resolve("foreign"));
		Files.createFile(base.resolve("file"));
		try (OtherMaster living = OtherMaster.takes(base.resolve("living"), true)) {

			RunDirectory.removeAbandonedIn(base);

			assertThat(base.resolve("dead")).doesNotExist();
			assertThat(base.resolve("dead-permanent")).isEmptyDirectory();
			assertThat(RunDirectory.holder(base.resolve("living"))).isEqualTo(Long.toString(living.pid()));
			assertThat(base.resolve("foreign")).exists();
			assertThat(base.resolve("file")).exists();
		}
	}

	@Test
	void whenBaseIsMissingThenNothingIsRemoved(@TempDir Path base) {
		RunDirectory.removeAbandonedIn(base.resolve("missing"));

		assertThat(base).isEmptyDirectory();
	}

	@Test
	void whenNobodyHoldsDirectoryThenHolderIsUnknown(@TempDir Path base) {
		assertThat(RunDirectory.holder(base)).isEqualTo("unknown");
	}

	private static RunDirectory take(Path directory, boolean temporary) throws IOException {
		return Objects.requireNonNull(RunDirectory.take(directory, temporary, PID));
	}

}
