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
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.launcher.config.FakeJdk;
import io.prefork.launcher.config.JavaCommand;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkerOptions}.
 */
class WorkerOptionsTests {

	private static final String EXIT = "-XX:+ExitOnOutOfMemoryError";

	private Path java = Path.of("java");

	@BeforeEach
	void installJava(@TempDir Path home) throws IOException {
		this.java = FakeJdk.install(home, "17.0.15");
	}

	@Test
	void whenNothingIsSetThenWorkerCountsOnItsShareOfCpus() {
		assertThat(apply(List.of(), List.of())).containsExactly("-XX:ActiveProcessorCount=2", EXIT);
	}

	@Test
	void whenUserSetsOptionsThenTheyComeAfterThoseOfTheFirstJvm() {
		assertThat(apply(List.of("-Xmx1g", "-Da=b"), List.of("-Xmx2g"))).containsExactly("-XX:ActiveProcessorCount=2",
				EXIT, "-Xmx1g", "-Da=b", "-Xmx2g");
	}

	@Test
	void whenUserSaysWhatToDoOnOutOfMemoryThenItWins() {
		assertThat(apply(List.of("-XX:+CrashOnOutOfMemoryError"), List.of()))
			.containsExactly("-XX:ActiveProcessorCount=2", "-XX:+CrashOnOutOfMemoryError");
		assertThat(apply(List.of(), List.of("-XX:-ExitOnOutOfMemoryError")))
			.containsExactly("-XX:ActiveProcessorCount=2", "-XX:-ExitOnOutOfMemoryError");
	}

	@Test
	void whenUserSetsProcessorCountThenItWins() {
		assertThat(apply(List.of("-XX:ActiveProcessorCount=7"), List.of())).containsExactly(EXIT,
				"-XX:ActiveProcessorCount=7");
		assertThat(apply(List.of(), List.of("-XX:ActiveProcessorCount=8"))).containsExactly(EXIT,
				"-XX:ActiveProcessorCount=8");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=*:5005 | -agentlib:jdwp=transport=dt_socket,server=y,address=*:5009,suspend=n
					-agentlib:jdwp=transport=dt_socket,server=y,address=5005             | -agentlib:jdwp=transport=dt_socket,server=y,address=5009,suspend=n
					-Xrunjdwp:address=5005,server=y                                      | -Xrunjdwp:address=5009,server=y,suspend=n
					-Dcom.sun.management.jmxremote.port=9010                             | -Dcom.sun.management.jmxremote.port=9014
					-Dcom.sun.management.jmxremote.rmi.port=9011                         | -Dcom.sun.management.jmxremote.rmi.port=9015
					""")
	void whenOptionOpensPortThenEachWorkerHasItsOwn(String option, String expected) {
		List<String> options = List.of("-Xmx1g", option, "-Dcom.sun.management.jmxremote.ssl=false");

		assertThat(WorkerOptions.notInherited(options)).containsExactly(option);
		JavaCommand worker = new JavaCommand(this.java, apply(options, List.of()), List.of(), List.of(), true);
		assertThat(WorkerOptions.number(worker, 3).options()).containsExactly("-XX:ActiveProcessorCount=2", EXIT,
				"-Xmx1g", "-Dcom.sun.management.jmxremote.ssl=false", expected);
	}

	@Test
	void whenOptionLooksForADebuggerThenItIsNotInherited() {
		assertThat(apply(List.of("-agentlib:jdwp=transport=dt_socket,address=host:5005"), List.of()))
			.containsExactly("-XX:ActiveProcessorCount=2", EXIT);
	}

	@Test
	void whenJavaRestrictsNativeAccessThenItIsAllowed(@TempDir Path newer) throws IOException {
		this.java = FakeJdk.install(newer, "24");

		assertThat(apply(List.of(), List.of())).containsExactly("-XX:ActiveProcessorCount=2", EXIT,
				"--enable-native-access=ALL-UNNAMED");
		assertThat(apply(List.of("--enable-native-access=a.b"), List.of()))
			.containsExactly("-XX:ActiveProcessorCount=2", EXIT, "--enable-native-access=a.b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-Xmx1g", "-XX:MaxHeapSize=1g", "-XX:MaxRAMPercentage=10" })
	void whenUserSizesTheHeapThenItWins(String option) {
		JavaCommand application = new JavaCommand(this.java, List.of(), List.of("-jar", "app.jar"), List.of(), true);

		assertThat(WorkerOptions.apply(application, List.of(), 2, 200L << 20).options()).contains("-Xmx200m");
		assertThat(WorkerOptions.apply(application, List.of(option), 2, 200L << 20).options())
			.containsExactly("-XX:ActiveProcessorCount=2", EXIT, option);
	}

	private List<String> apply(List<String> options, List<String> userOptions) {
		JavaCommand application = new JavaCommand(this.java, options, List.of("-jar", "app.jar"), List.of("a"), true);
		JavaCommand worker = WorkerOptions.apply(application, userOptions, 2, 0);
		assertThat(worker).isEqualTo(application.withOptions(worker.options()));
		return worker.options();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-Xlog:gc*:file=gc.log:time", "-Xloggc:gc.log", "-XX:ErrorFile=/tmp/err.log",
			"-XX:StartFlightRecording:filename=a.jfr,dumponexit=true", "-XX:StartFlightRecording=filename=a.jfr",
			"-XX:HeapDumpPath=/tmp/heap.hprof" })
	void whenOptionNamesFileWithoutProcessIdThenAllShareIt(String option) {
		assertThat(WorkerOptions.sharedFiles(List.of(option))).containsExactly(option);
		assertThat(WorkerOptions.sharedFiles(List.of(option.replace(".", "-%p.")))).isEmpty();
		assertThat(WorkerOptions.sharedFiles(List.of(option.replace(".", "-{worker}.")))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-Xlog:gc", "-Xlog:gc*:stdout", "-XX:HeapDumpPath=/tmp", "-XX:+HeapDumpOnOutOfMemoryError",
			"-XX:StartFlightRecording", "-Dlogging.file.name=a.log" })
	void whenOptionNamesNoFileThenNothingIsShared(String option) {
		assertThat(WorkerOptions.sharedFiles(List.of(option))).isEmpty();
	}

}
