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
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.prefork.launcher.config.FakeJdk;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.StartupException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CurrentJvm}.
 */
class CurrentJvmTests {

	@Test
	void whenStartedFromJarThenJarAndArgumentsAreRepeated() {
		JavaCommand command = CurrentJvm.command("app.jar --a b", "app.jar",
				List.of(List.of("java", "-Xmx1g", "-jar", "app.jar", "--a", "b")), List.of("-Xmx1g"));

		assertThat(command.options()).containsExactly("-Xmx1g");
		assertThat(command.launch()).containsExactly("-jar", "app.jar");
		assertThat(command.arguments()).containsExactly("--a", "b");
		assertThat(command.expanded()).isTrue();
		assertThat(command.java()).isExecutable();
	}

	@Test
	void whenJarHasBlanksInItsNameThenItIsOneWord() {
		JavaCommand command = CurrentJvm.command("/my apps/app 1.jar a", "/my apps/app 1.jar",
				List.of(List.of("java", "-jar", "/my apps/app 1.jar", "a")), List.of());

		assertThat(command.launch()).containsExactly("-jar", "/my apps/app 1.jar");
		assertThat(command.arguments()).containsExactly("a");
	}

	@Test
	void whenStartedFromClassPathThenMainClassIsRepeated() {
		JavaCommand command = CurrentJvm.command("com.example.Main a", "classes:lib/b.jar",
				List.of(List.of("java", "-cp", "classes:lib/b.jar", "com.example.Main", "a")), List.of());

		assertThat(command.launch()).containsExactly("-cp", "classes:lib/b.jar", "com.example.Main");
		assertThat(command.arguments()).containsExactly("a");
	}

	@Test
	void whenThereAreNoArgumentsThenNoneAreMadeUp() {
		JavaCommand command = CurrentJvm.command("app.jar", "app.jar", List.of(List.of("java", "-jar", "app.jar")),
				List.of());

		assertThat(command.arguments()).isEmpty();
	}

	@Test
	void whenArgumentsHaveBlanksOrAreEmptyThenTheyAreKept() {
		List<String> arguments = List.of("", "a b", "", " c ", "");
		List<String> words = List.of("java", "-jar", "app.jar", "", "a b", "", " c ", "");

		JavaCommand command = CurrentJvm.command("app.jar " + String.join(" ", arguments), "app.jar", List.of(words),
				List.of());

		assertThat(command.arguments()).isEqualTo(arguments);
	}

	@Test
	void whenTheOnlyArgumentIsEmptyThenItIsKept() {
		JavaCommand command = CurrentJvm.command("app.jar ", "app.jar", List.of(List.of("java", "-jar", "app.jar", "")),
				List.of());

		assertThat(command.arguments()).containsExactly("");
	}

	@Test
	void whenArgumentsCameFromFileThenTheyAreWhatMainGot() {
		JavaCommand command = CurrentJvm.command("app.jar --a b --version=release one two", "app.jar",
				List.of(List.of("java", "@everything"), List.of("--a", "b", "--version=release one two")),
				List.of("-Xmx1g"));

		assertThat(command.options()).containsExactly("-Xmx1g");
		assertThat(command.launch()).containsExactly("-jar", "app.jar");
		assertThat(command.arguments()).containsExactly("--a", "b", "--version=release one two");
	}

	@Test
	void whenArgumentsCanNotBeToldThenTheStartIsRefused() {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> CurrentJvm.command("app.jar --a b", "app.jar",
					List.of(List.of("java", "@everything"), List.of("--a", "b", "--added")), List.of()))
			.withMessageStartingWith("The application's arguments can't be told (\"--a b\")");
	}

	@Test
	void whenOnlyOptionsCameFromFileThenArgumentsAreKept() {
		JavaCommand command = CurrentJvm.command("app.jar a b c", "app.jar",
				List.of(List.of("java", "@options", "-jar", "app.jar", "a b", "c")), List.of("-Xmx1g"));

		assertThat(command.arguments()).containsExactly("a b", "c");
	}

	@Test
	void whenClassPathWasWrittenWithWildcardThenItIsKept(@TempDir Path lib) throws IOException {
		Path one = Files.createFile(lib.resolve("1.jar"));
		Path two = Files.createFile(lib.resolve("2.jar"));
		String expanded = "classes:%s:%s".formatted(two, one);
		String written = "classes:%s/*".formatted(lib);

		assertThat(CurrentJvm.written(expanded, List.of("java", "-cp", written, "Main"), null)).isEqualTo(written);
		assertThat(CurrentJvm.written(expanded, List.of("java", "Main"), written)).isEqualTo(written);
		assertThat(CurrentJvm.written(expanded, List.of("java", "-cp", lib + "/*", "Main", "*"), null))
			.isEqualTo(expanded);
		assertThat(CurrentJvm.written(expanded, List.of(), null)).isEqualTo(expanded);
	}

	@Test
	void whenCommandLineIsSplitThenEmptyWordsAreKept() {
		assertThat(CurrentJvm.words("java\0\0a b\0\0")).containsExactly("java", "", "a b", "");
		assertThat(CurrentJvm.words("")).isEmpty();
	}

	@Test
	void whenJvmRunsThenItsOwnCommandCanBeRepeated() throws IOException {
		String classPath = "target/classes:target/test-classes";
		List<String> command = List.of(JavaCommand.executable(null).toString(), "-XX:TieredStopAtLevel=1",
				"-Dkey=two words", "-cp", classPath, CommandPrinter.class.getName(), "a b", "", "c", "");

		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		List<String> printed = process.inputReader().lines().toList();

		assertThat(printed).containsExactlyElementsOf(command);
	}

	@ParameterizedTest
	@CsvSource({ "17.0.15, 17", "25, 25", "27-ea, 27", "1.8.0_392, ", "nonsense, " })
	void whenInstallationHasReleaseFileThenItTellsTheVersion(String version, Integer expected, @TempDir Path home)
			throws IOException {
		Path java = FakeJdk.install(home, version);

		Integer feature = CurrentJvm.featureVersion(java);

		assertThat(feature).isEqualTo(expected);
	}

	@Test
	void whenInstallationHasNoReleaseFileThenVersionIsUnknown(@TempDir Path home) throws IOException {
		Path java = FakeJdk.install(home, "17");
		Files.delete(home.resolve("release"));

		assertThat(CurrentJvm.featureVersion(java)).isNull();
		assertThat(CurrentJvm.featureVersion(home.resolve("missing/bin/java"))).isNull();
	}

}
