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
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.WorkerIdentity;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.ServiceManagerVariables;
import io.prefork.launcher.edge.ExitListener;
import io.prefork.launcher.edge.MasterProcess;
import io.prefork.launcher.edge.OtherProcess;
import io.prefork.launcher.edge.ProcessEdge;
import io.prefork.launcher.edge.WorkerProcess;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.status.ProcessStatus.Usage;

/**
 * Starts, watches and ends workers' processes. Standard output is the master's own, so
 * that output is neither copied nor lost with the master; standard error passes through
 * the master, which keeps the end of it for failure messages.
 */
public final class WorkerProcesses implements ProcessEdge {

	private static final List<String> OPTION_VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS",
			"_JAVA_OPTIONS");

	/**
	 * How a JVM exits with {@code -XX:+ExitOnOutOfMemoryError}.
	 */
	private static final int OUT_OF_MEMORY = 3;

	private static final long OUTPUT_GRACE_MILLIS = 500;

	/**
	 * Those whose end has not been reported yet.
	 */
	private final Set<Process> processes = ConcurrentHashMap.newKeySet();

	private final ExitListener exits;

	/**
	 * Create the processes of one master.
	 * @param exits called when a worker's process has ended, on any thread
	 */
	public WorkerProcesses(ExitListener exits) {
		this.exits = exits;
	}

	@Override
	public long ownPid() {
		return CurrentJvm.pid();
	}

	@Override
	public WorkerProcess start(WorkerId id, JavaCommand command, WorkerIdentity identity) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command.toList()).redirectInput(Redirect.INHERIT)
			.redirectOutput(Redirect.INHERIT)
			.redirectError(Redirect.PIPE);
		if (command.expanded()) {
			builder.environment().keySet().removeAll(OPTION_VARIABLES);
		}
		ServiceManagerVariables.removeFrom(builder.environment());
		Successor.removeFrom(builder.environment());
		identity.writeTo(builder.environment());
		Process process = builder.start();
		this.processes.add(process);
		OutputTail tail = OutputTail.follow(process.getErrorStream(), System.err, "prefork-stderr-" + id);
		process.onExit()
			.thenCompose(
					(exited) -> tail.whenComplete().completeOnTimeout("", OUTPUT_GRACE_MILLIS, TimeUnit.MILLISECONDS))
			.thenAccept((output) -> {
				this.processes.remove(process);
				this.exits.exited(id, new WorkerExit(ExitValue.of(process.exitValue()), output,
						isOutOfMemory(command, process.exitValue())));
			});
		return new Worker(process);
	}

	@Override
	public MasterProcess startMaster(Path directory) throws IOException {
		return Successor.start(directory);
	}

	@Override
	public @Nullable OtherProcess find(long pid, Instant startedAt) {
		return ForeignProcess.find(pid, startedAt);
	}

	@Override
	public @Nullable Instant startOf(long pid) {
		return ForeignProcess.startOf(pid);
	}

	/**
	 * Tell whether a process is a worker whose end has not been reported yet.
	 * @param pid the process
	 * @return whether it is; on any thread
	 */
	public boolean contains(long pid) {
		return this.processes.stream().anyMatch((process) -> process.pid() == pid);
	}

	@Override
	public void killAll() {
		this.processes.forEach((process) -> process.toHandle().destroyForcibly());
		this.processes.forEach((process) -> process.onExit().join());
	}

	private static boolean isOutOfMemory(JavaCommand command, int exitValue) {
		return exitValue == OUT_OF_MEMORY && command.options().contains(WorkerOptions.EXIT_ON_OUT_OF_MEMORY);
	}

	/**
	 * One of them. {@link Process#destroy()} would also close our end of its standard
	 * error.
	 *
	 * @param process the process
	 */
	private record Worker(Process process) implements WorkerProcess {

		@Override
		public long pid() {
			return this.process.pid();
		}

		@Override
		public @Nullable Usage usage() {
			return ProcessUsage.of(this.process.toHandle());
		}

		@Override
		public void terminate() {
			this.process.toHandle().destroy();
		}

		@Override
		public void kill() {
			this.process.toHandle().destroyForcibly();
		}

	}

}
