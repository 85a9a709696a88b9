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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.protocol.Frames;
import io.prefork.protocol.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DescribeRun} with tiny processes.
 */
class DescribeRunTests {

	/**
	 * A shell that takes the options of a JVM.
	 */
	private static final String JAVA = """
			#!/bin/sh
			while [ "$1" != -c ]; do
				case "$1" in -agentlib:*) exit 9 ;; esac
				shift
			done
			exec /bin/sh "$@"
			""";

	@TempDir
	private Path directory = Path.of("");

	private Path java = Path.of("");

	@BeforeEach
	void writeJava() throws IOException {
		this.java = Files.writeString(this.directory.resolve("java"), JAVA);
		Files.setPosixFilePermissions(this.java, PosixFilePermissions.fromString("rwx------"));
	}

	@Test
	void whenApplicationReportsThenItsSettingsAreReturned() throws IOException, InterruptedException {
		Map<String, String> settings = Map.of("workers", "4", "run-dir", "/x y");
		Path frame = Files.write(this.directory.resolve("frame"),
				Frames.encode(new Message.Described(settings)).array());

		Message.Described described = DescribeRun.of(script("cat '%s' > $PREFORK_DESCRIBE_FILE".formatted(frame)));

		assertThat(described.settings()).isEqualTo(settings);
	}

	@Test
	void whenFirstJvmHasPortOfItsOwnThenTheApplicationIsAskedWithoutIt() throws IOException, InterruptedException {
		Path frame = Files.write(this.directory.resolve("frame"),
				Frames.encode(new Message.Described(Map.of())).array());
		JavaCommand script = script("cat '%s' > $PREFORK_DESCRIBE_FILE".formatted(frame));

		Message.Described described = DescribeRun.of(script.withOptions(List.of("-agentlib:jdwp=address=5005")));

		assertThat(described.settings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 3 })
	void whenApplicationDoesNotReportThenItIsSaidHowItEnded(int exitCode) {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> DescribeRun.of(script("exit " + exitCode)))
			.withMessage("The application exited with code %d before it reported its settings; "
					+ "its output above says why", exitCode)
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCodes.USAGE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Hello, world!", "Hi" })
	void whenReportIsNotOfTheProtocolThenItIsSaid(String report) {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> DescribeRun.of(script("echo '%s' > $PREFORK_DESCRIBE_FILE".formatted(report))))
			.withMessageStartingWith("The application can't be asked for its settings: ");
	}

	@Test
	void whenApplicationCanNotBeStartedThenItIsSaid() {
		JavaCommand missing = new JavaCommand(Path.of("/nowhere/java"), List.of(), List.of(), List.of(), false);

		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> DescribeRun.of(missing))
			.withMessageContaining("/nowhere/java");
	}

	private JavaCommand script(String script) {
		return new JavaCommand(this.java, List.of(), List.of("-c", script), List.of(), false);
	}

}
