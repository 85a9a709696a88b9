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
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.prefork.contract.WorkerIdentity;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.edge.WorkerProcess;
import io.prefork.launcher.supervisor.ProcessEnd;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for {@link WorkerProcesses} with tiny processes.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class WorkerProcessesTests {

	private static final WorkerId ID = new WorkerId(2, 5);

	private static final JavaCommand MISSING = new JavaCommand(Path.of("/nowhere/java"), List.of(), List.of(),
			List.of(), false);

	private final WorkerProcesses processes = new WorkerProcesses(this::exited);

	private final BlockingQueue<Exit> exits = new LinkedBlockingQueue<>();

	@Test
	void whenProcessEndsThenItsExitAndLastOutputAreReported() throws Exception {
		JavaCommand command = command("echo oops >&2; exit 3");

		start(command);

		assertThat(nextExit()).isEqualTo(new Exit(ID, new WorkerExit(new ProcessEnd.Exited(3), "oops", false)));
	}

	@Test
	void whenProcessStartsThenItKnowsWhoItIs() throws Exception {
		JavaCommand command = command("echo $PREFORK_WORKER_SLOT.$PREFORK_WORKER_INCARNATION $$ >&2");

		long pid = start(command).pid();

		assertThat(nextExit()).isEqualTo(new Exit(ID, new WorkerExit(new ProcessEnd.Exited(0), "2.5 " + pid, false)));
	}

	@Test
	void whenOptionHasThePlaceOfANumberThenItGetsTheWorkersOwn() throws Exception {
		start(command("echo $AGENT >&2", List.of("AGENT=909{worker}:config.yml")));

		assertThat(nextExit())
			.isEqualTo(new Exit(ID, new WorkerExit(new ProcessEnd.Exited(0), "9090:config.yml", false)));
	}

	@Test
	void whenEndOfProcessIsReportedThenItIsNoWorkerAnyMore() throws Exception {
		WorkerProcess worker = start(command("sleep 60"));
		long pid = worker.pid();
		assertThat(this.processes.contains(pid)).isTrue();
		assertThat(this.processes.contains(ProcessHandle.current().pid())).isFalse();

		worker.kill();

		nextExit();
		assertThat(this.processes.contains(pid)).isFalse();
	}

	@Test
	void whenProcessIsTerminatedThenItMayAnswer() throws Exception {
		Path ready = Files.createTempFile("prefork", null);
		JavaCommand command = command(
				"trap 'echo bye >&2; exit 0' TERM; rm '%s'; while :; do sleep 0.01; done".formatted(ready));
		WorkerProcess worker = start(command);
		Awaitility.await().until(() -> Files.notExists(ready));

		worker.terminate();

		assertThat(nextExit()).isEqualTo(new Exit(ID, new WorkerExit(new ProcessEnd.Exited(0), "bye", false)));
	}

	@Test
	void whenProcessIsKilledThenThatIsReported() throws Exception {
		WorkerProcess worker = start(command("exec sleep 60"));

		worker.kill();

		assertThat(nextExit()).isEqualTo(new Exit(ID, new WorkerExit(new ProcessEnd.Killed(9, "KILL"), "", false)));
		worker.kill();
		worker.terminate();
	}

	@Test
	void whenGrandchildKeepsOutputOpenThenExitIsReportedAllTheSame() throws Exception {
		JavaCommand command = command("sleep 3 & exit 4");

		start(command);

		assertThat(nextExit()).isEqualTo(new Exit(ID, new WorkerExit(new ProcessEnd.Exited(4), "", false)));
	}

	@Test
	void whenAllAreKilledThenNoneIsLeft() throws Exception {
		JavaCommand command = command("exec sleep 60");
		long pid = start(command).pid();

		this.processes.killAll();

		assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
		assertThat(nextExit()).isEqualTo(new Exit(ID, new WorkerExit(new ProcessEnd.Killed(9, "KILL"), "", false)));
	}

	@Test
	void whenExecutableIsMissingThenStartFails() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> start(MISSING)).withMessageContaining("error=2");
	}

	@Test
	void whenNobodyWaitsForWorkerThenItHasLowerPriorityUntilItIsHastened() throws IOException {
		assumeTrue(!CpuPriority.lower().isEmpty(), "this user may not raise priorities");
		int own = niceOf(CurrentJvm.pid());
		WorkerProcess awaited = start(command("exec sleep 60"));
		WorkerProcess worker = start(command("exec sleep 60"), false);
		assertThat(niceOf(awaited.pid())).isEqualTo(own);
		Awaitility.await().until(() -> niceOf(worker.pid()) > own);

		worker.hasten();

		Awaitility.await().until(() -> niceOf(worker.pid()) == own);
		this.processes.killAll();
	}

	private static int niceOf(long pid) {
		return Objects.requireNonNull(ProcessStat.of(pid)).nice();
	}

	private static JavaCommand command(String script) {
		return command(script, List.of());
	}

	/**
	 * A command that looks like one of a JVM with options.
	 */
	private static JavaCommand command(String script, List<String> options) {
		return new JavaCommand(Path.of("/usr/bin/env"), options, List.of("/bin/sh", "-c", script), List.of(), true);
	}

	private WorkerProcess start(JavaCommand command) throws IOException {
		return start(command, true);
	}

	private WorkerProcess start(JavaCommand command, boolean awaited) throws IOException {
		return this.processes.start(ID, command, new WorkerIdentity(2, 5, 1, 3, false, 0, Path.of("/run/x"), "secret"),
				awaited);
	}

	private void exited(WorkerId id, WorkerExit exit) {
		this.exits.add(new Exit(id, exit));
	}

	private @Nullable Exit nextExit() throws InterruptedException {
		return this.exits.poll(10, TimeUnit.SECONDS);
	}

	private record Exit(WorkerId id, WorkerExit exit) {

	}

}
