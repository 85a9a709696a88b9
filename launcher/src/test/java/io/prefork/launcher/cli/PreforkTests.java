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

package io.prefork.launcher.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

import io.prefork.contract.Setting;
import io.prefork.launcher.supervisor.ExitCodes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Prefork} and {@link RunCommand}.
 */
class PreforkTests {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@Test
	void whenRunHasOptionsAndArgumentsThenBothAreParsed() {
		ParseResult run = commandLine()
			.parseArgs("run", "app.jar", "-w", "4", "--graceful-timeout", "10s", "--", "--a", "b")
			.subcommand();

		assertThat(run.commandSpec().name()).isEqualTo("run");
		assertThat(run.<String>matchedOptionValue("--workers", null)).isEqualTo("4");
		assertThat(run.<String>matchedOptionValue("--graceful-timeout", null)).isEqualTo("10s");
		assertThat(run.hasMatchedOption("--backlog")).isFalse();
		assertThat(run.matchedPositionalValue(0, Path.of(""))).isEqualTo(Path.of("app.jar"));
		assertThat(run.matchedPositionalValue(1, List.<String>of())).containsExactly("--a", "b");
	}

	@Test
	void whenSettingIsNamedAsOptionThenItIsKnown() {
		CommandLine run = Objects.requireNonNull(commandLine().getSubcommands().get("run"));

		assertThat(run.getCommandSpec().optionsMap().keySet()).contains("-w")
			.containsAll(Stream.of(Setting.values()).map((setting) -> "--" + setting.label()).toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { "--unknown", "run --unknown", "run", "unknown", "run app.jar -w", "run app.jar -w 2 -w 3",
			"run app.jar --server.port=8080" })
	void whenCommandLineIsWrongThenExitCodeSaysSo(String words) {
		int exitCode = commandLine().execute(words.split(" "));

		assertThat(exitCode).isEqualTo(ExitCodes.USAGE);
		assertThat(this.err.toString()).isNotBlank();
		assertThat(this.out.toString()).isEmpty();
	}

	@Test
	void whenItRunsAsProcessThenStandardErrorSaysWhatIsWrong() throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp",
				System.getProperty("java.class.path"), Prefork.class.getName(), "run", "app.jar", "--nonsense")
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();

		assertThat(process.errorReader().lines()).anyMatch((line) -> line.contains("Unknown option: '--nonsense'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "run", "prepare" })
	void whenJarIsMissingThenExitCodeSaysSo(String command) {
		int exitCode = commandLine().execute(command, "/nowhere/app.jar");

		assertThat(exitCode).isEqualTo(ExitCodes.USAGE);
	}

	@Test
	void whenHelpForRunIsAskedForThenItHasAnExample() {
		int exitCode = commandLine().execute("run", "--help");

		assertThat(exitCode).isZero();
		assertThat(this.out.toString()).contains("Examples:", "prefork run app.jar -w 4 -- --server.port=8080",
				"-w, --workers=VALUE");
	}

	@Test
	void whenServiceIsSizedThenTheNumberIsWorkedOutStepByStep() {
		int exitCode = commandLine().execute("size", "--rps", "3000", "--service-time", "50ms", "--concurrency", "400");

		assertThat(exitCode).isZero();
		assertThat(this.out.toString()).contains("150 / 400 in progress per worker", "1 to 2 workers",
				"prefork.workers: 2", "2 x CPUs + 1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "size --rps 0 --service-time 50ms --concurrency 4", "size --rps 1",
			"size --rps 1 --service-time soon --concurrency 4" })
	void whenFiguresMakeNoSenseThenExitCodeSaysSo(String words) {
		assertThat(commandLine().execute(words.split(" "))).isEqualTo(ExitCodes.USAGE);
		assertThat(this.err.toString()).contains("Usage: prefork size");
	}

	@Test
	void whenVersionIsAskedForThenItIsPrinted() {
		int exitCode = commandLine().execute("--version");

		assertThat(exitCode).isZero();
		assertThat(this.out.toString()).isEqualToIgnoringNewLines("prefork (unpackaged)");
	}

	private CommandLine commandLine() {
		CommandLine commandLine = Prefork.commandLine();
		commandLine.setOut(new PrintWriter(this.out, true));
		commandLine.setErr(new PrintWriter(this.err, true));
		return commandLine;
	}

}
