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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.RunDirectoryFiles;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.log.LoggedLines;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.rundir.PrivateDirectory;
import io.prefork.rundir.RunDirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RunDirectories}.
 */
class RunDirectoriesTests {

	private static final long PID = 17;

	@Test
	void whenNothingIsConfiguredThenDirectoryIsBelowTheRuntimeDirectory(@TempDir Path runtime) {
		try (RunDirectories taken = RunDirectories.take(null, Map.of("XDG_RUNTIME_DIR", runtime.toString()), PID,
				null)) {
			assertThat(taken.own().path()).isEqualTo(runtime.resolve("prefork/17")).isDirectory();
		}

		assertThat(runtime).isEmptyDirectory();
	}

	@Test
	void whenDirectoryIsConfiguredThenItStays(@TempDir Path base) {
		try (RunDirectories taken = RunDirectories.take(base.resolve("mine"), Map.of(), PID, null)) {
			assertThat(taken.own().path()).isEqualTo(base.resolve("mine/17"));
		}

		assertThat(base.resolve("mine")).isEmptyDirectory();
	}

	@Test
	void whenDirectoryIsInUseThenTheMessageNamesItsMaster(@TempDir Path base) {
		try (RunDirectories taken = RunDirectories.take(base, Map.of(), PID, null)) {
			assertThat(taken.orphaned()).isEmpty();
			assertThatStartupFails(base)
				.withMessage("The run directory %s is in use by the master with pid 17; stop that one, "
						+ "or set prefork.run-dir to another directory", base);
		}
	}

	@Test
	void whenPredecessorHasTheDirectoryThenItIsThisMastersAfterwards(@TempDir Path base) throws Exception {
		RunDirectories predecessor = RunDirectories.take(base, Map.of(), PID, null);
		try (RunDirectories successor = RunDirectories.take(base, Map.of(), 18, predecessor.own().path())) {
			assertThat(successor.own().path()).isEqualTo(base.resolve("18"));
			assertThat(RunDirectory.holder(base)).isEqualTo("17");

			predecessor.close();
			successor.awaitClaim();

			assertThat(RunDirectory.holder(base)).isEqualTo("18");
			assertThat(base.resolve("17")).doesNotExist();
		}
		assertThat(base).isEmptyDirectory();
	}

	@Test
	void whenWorkersHaveOutlivedTheirMasterThenTheirDirectoryIsInherited(@TempDir Path base) throws IOException {
		Path dead = Files.createDirectories(base.resolve("17"));
		Files.writeString(RunDirectoryFiles.workersIn(dead), "");
		Files.writeString(RunDirectoryFiles.unfinishedBeside(RunDirectoryFiles.workersIn(dead)), "");
		Files.writeString(dead.resolve("master.lock"), "17\ntemporary\n");
		Files.createDirectories(base.resolve("16/empty"));

		try (RunDirectories taken = RunDirectories.take(base, Map.of(), PID, null)) {
			assertThat(taken.own().path()).isEqualTo(base.resolve("17.1"));
			assertThat(taken.orphaned()).singleElement().satisfies((orphaned) -> {
				assertThat(orphaned.path()).isEqualTo(dead).isDirectory();
				orphaned.close();
				assertThat(dead).doesNotExist();
			});
		}
	}

	@Test
	void whenPathIsTooLongForSocketThenTheMessageSaysTheLimit(@TempDir Path base) {
		int rest = RunDirectories.MAX_SOCKET_PATH
				- RunDirectoryFiles.successorSocketIn(base.resolve("17")).toString().length() - 1;

		assertThatStartupFails(base.resolve("x".repeat(rest + 1))).withMessageContaining("has 107 bytes")
			.withMessageContaining("no more than 106; set prefork.run-dir to a shorter one");
		assertThat(base).isEmptyDirectory();
		assertThatStartupFails(base.resolve("\u00fc".repeat(rest / 2 + 1))).withMessageContaining("no more than 106");
		try (RunDirectories taken = RunDirectories.take(base.resolve("x".repeat(rest)), Map.of(), PID, null)) {
			assertThat(RunDirectoryFiles.successorSocketIn(taken.own().path()).toString())
				.hasSize(RunDirectories.MAX_SOCKET_PATH);
		}
	}

	@Test
	void whenDirectoryCanNotBeCreatedThenTheMessageSaysWhatToDo(@TempDir Path base) throws IOException {
		Path file = Files.createFile(base.resolve("file"));

		assertThatStartupFails(file.resolve("run"))
			.withMessageStartingWith("The run directory %s/run can't be used (", file)
			.withMessageEndingWith(
					"set prefork.run-dir to a directory on a local disk with free space that uid %s may write",
					PrivateDirectory.ownUid());
	}

	@Test
	void whenDefaultPlaceIsLinkThenItIsPassedOver(@TempDir Path runtime, @TempDir Path elsewhere) throws IOException {
		Files.createSymbolicLink(runtime.resolve("prefork"), elsewhere);

		try (RunDirectories taken = RunDirectories.take(null, Map.of("XDG_RUNTIME_DIR", runtime.toString()), PID,
				null)) {
			assertThat(taken.own().path()).matches((path) -> !path.startsWith(runtime));
		}

		assertThat(elsewhere).isEmptyDirectory();
	}

	@Test
	void whenUserHasFilesThereThenTheyStay(@TempDir Path base) throws IOException {
		Path docs = Files.createDirectories(base.resolve("gen-docs"));
		Path pid = Files.createDirectories(base.resolve("17/gen-1"));
		Files.writeString(RunDirectoryFiles.workersIn(base), "mine");

		try (RunDirectories taken = RunDirectories.take(base, Map.of(), PID, null)) {
			assertThat(taken.own().path()).isEqualTo(base.resolve("17.1"));
		}

		assertThat(docs).exists();
		assertThat(pid).exists();
		assertThat(RunDirectoryFiles.workersIn(base)).hasContent("mine");
	}

	@Test
	void whenEverythingIsRemovedThenItIsMadeAgain(@TempDir Path directory) throws IOException {
		Path base = directory.resolve("run");
		try (LoggedLines log = new LoggedLines();
				RunDirectories taken = RunDirectories.take(base, Map.of(), PID, null)) {
			taken.keep("something", (path) -> {
				boolean gone = !Files.exists(path.resolve("scoreboard"));
				Files.writeString(path.resolve("scoreboard"), "");
				return gone;
			});
			taken.restore();
			removeTree(base);

			Path restored = taken.restore().path();

			assertThat(restored).isEqualTo(base.resolve("17")).isNotEmptyDirectory();
			assertThat(RunDirectory.holder(base)).isEqualTo("17");
			assertThat(log.lines()).last()
				.asString()
				.contains(base + "/17: somebody has removed the run directory, made again: something");
			Files.delete(restored.resolve("scoreboard"));
			taken.restore();
			assertThat(log.lines()).last().asString().contains("somebody has removed files, made again: something");
		}
		assertThat(base).isEmptyDirectory();
	}

	@Test
	void whenSomebodyElseHasMadeTheBaseThenItIsNotUsed(@TempDir Path directory) throws IOException {
		Path base = directory.resolve("run");
		try (RunDirectories taken = RunDirectories.take(base, Map.of(), PID, null)) {
			removeTree(base);
			Files.createDirectories(base.resolve("17/gen-1"));
			Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxrwxrwx"));

			assertThatExceptionOfType(IOException.class).isThrownBy(taken::restore)
				.withMessageContaining("may be written by others");
		}
	}

	@Test
	void whenDefaultPlaceCanNotBeMadeAgainThenAnotherOneIsTaken(@TempDir Path runtime) throws IOException {
		try (RunDirectories taken = RunDirectories.take(null, Map.of("XDG_RUNTIME_DIR", runtime.toString()), PID,
				null)) {
			removeTree(runtime.resolve("prefork"));
			Files.createFile(runtime.resolve("prefork"));

			assertThat(taken.restore().path()).matches((path) -> !path.startsWith(runtime)).isDirectory();
		}
	}

	private static void removeTree(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	private static ThrowableAssertAlternative<StartupException> assertThatStartupFails(Path path) {
		return assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> RunDirectories.take(path, Map.of(), PID, null))
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCodes.USAGE));
	}

}
