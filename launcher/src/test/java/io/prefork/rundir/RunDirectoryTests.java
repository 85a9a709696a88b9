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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
		OtherMaster other = OtherMaster.takes(directory, true);
		Files.createFile(RunDirectoryFiles.socketIn(directory));

		RunDirectory refused = RunDirectory.take(directory, true, PID);

		assertThat(refused).isNull();
		assertThat(RunDirectory.holder(directory)).isEqualTo(Long.toString(other.pid()));
		assertThat(RunDirectoryFiles.socketIn(directory)).exists();
		other.close();
		try (RunDirectory taken = take(directory, true)) {
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
	void whenDirectoryIsPermanentThenNothingButTheLockIsRemoved(@TempDir Path base) throws IOException {
		Files.createDirectories(base.resolve("gen-docs/deep"));
		Files.createDirectories(base.resolve("gen-1"));
		Files.createFile(RunDirectoryFiles.workersIn(base));

		RunDirectory taken = take(base, false);
		taken.close();

		assertThat(base.resolve("gen-docs/deep")).exists();
		assertThat(base.resolve("gen-1")).exists();
		assertThat(RunDirectoryFiles.workersIn(base)).exists();
		assertThat(base.resolve("master.lock")).doesNotExist();
	}

	@Test
	void whenMastersAreDeadThenWhatTheyLeftIsRemoved(@TempDir Path base) throws IOException {
		OtherMaster.takes(base.resolve("17"), true).close();
		OtherMaster.takes(base.resolve("18"), false).close();
		OtherMaster.takes(base.resolve("name"), true).close();
		Files.createFile(RunDirectoryFiles.socketIn(base.resolve("17")));
		Files.createDirectory(base.resolve("16"));
		Files.createFile(base.resolve("file"));
		try (OtherMaster living = OtherMaster.takes(base.resolve("19"), true)) {

			RunDirectory.removeAbandonedIn(base);

			assertThat(base.resolve("17")).doesNotExist();
			assertThat(base.resolve("18")).isEmptyDirectory();
			assertThat(RunDirectory.holder(base.resolve("19"))).isEqualTo(Long.toString(living.pid()));
			assertThat(base.resolve("name")).exists();
			assertThat(base.resolve("16")).exists();
			assertThat(base.resolve("file")).exists();
		}
	}

	@Test
	void whenLockFileIsSomethingElseThenItStaysAsItIs(@TempDir Path base) throws IOException {
		Path foreign = Files.writeString(base.resolve("foreign"), "precious");
		Files.createSymbolicLink(base.resolve("master.lock"), foreign);

		assertThatExceptionOfType(IOException.class).isThrownBy(() -> take(base, false));
		Files.delete(base.resolve("master.lock"));
		Files.move(foreign, base.resolve("master.lock"));

		assertThatExceptionOfType(IOException.class).isThrownBy(() -> take(base, false))
			.withMessage(base + "/master.lock is not a master's lock file");
		assertThat(base.resolve("master.lock")).hasContent("precious");
	}

	@Test
	void whenOthersMayWriteThenDirectoryIsNotTaken(@TempDir Path base) throws IOException {
		Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxrwxrwx"));

		assertThatExceptionOfType(IOException.class).isThrownBy(() -> take(base, false))
			.withMessageStartingWith(base + " may be written by others");
	}

	@Test
	void whenDirectoryIsGoneThenItIsMadeAgain(@TempDir Path base) throws IOException {
		try (RunDirectory taken = take(base.resolve("17"), true)) {
			assertThat(taken.restore()).isFalse();
			Files.delete(taken.path().resolve("master.lock"));
			Files.delete(taken.path());

			assertThat(taken.restore()).isTrue();

			assertThat(RunDirectory.holder(taken.path())).isEqualTo("17");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(taken.path())))
				.isEqualTo("rwx------");
			assertThat(taken.restore()).isFalse();
		}
		assertThat(base.resolve("17")).doesNotExist();
	}

	@Test
	void whenAnotherMasterHasTheDirectoryNowThenItIsNotMadeAgain(@TempDir Path base) throws IOException {
		RunDirectory taken = take(base.resolve("17"), true);
		Files.delete(taken.path().resolve("master.lock"));
		try (OtherMaster other = OtherMaster.takes(taken.path(), true)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(taken::restore)
				.withMessageContaining("belongs to the master with pid " + other.pid());

			taken.close();

			assertThat(RunDirectory.holder(taken.path())).isEqualTo(Long.toString(other.pid()));
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
