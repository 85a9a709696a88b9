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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.prefork.launcher.config.ServiceManagerVariables;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.WorkerIdentity;

/**
 * Starts, watches and ends workers' processes. Standard output is the master's own, so
 * that output is neither copied nor lost with the master; standard error passes through
 * the master, which keeps the end of it for failure messages.
 */
public final class WorkerProcesses {

	private static final List<String> OPTION_VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS",
			"_JAVA_OPTIONS");

	/**
	 * How a JVM exits with {@code -XX:+ExitOnOutOfMemoryError}.
	 */
	private static final int OUT_OF_MEMORY = 3;

	private static final long OUTPUT_GRACE_MILLIS = 500;

	private final Map<WorkerId, Process> processes = new ConcurrentHashMap<>();

	private final ExitListener exits;

	/**
	 * Create the processes of one master.
	 * @param exits called when a process has ended, on any thread
	 */
	public WorkerProcesses(ExitListener exits) {
		this.exits = exits;
	}

	/**
	 * Start a worker's process.
	 * @param id the worker
	 * @param command what it runs
	 * @param identity what the worker is told about itself
	 * @return the process id
	 * @throws IOException if the process can't be started
	 */
	public long start(WorkerId id, JavaCommand command, WorkerIdentity identity) throws IOException {
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
		this.processes.put(id, process);
		OutputTail tail = OutputTail.follow(process.getErrorStream(), System.err, "prefork-stderr-" + id);
		process.onExit()
			.thenCompose(
					(exited) -> tail.whenComplete().completeOnTimeout("", OUTPUT_GRACE_MILLIS, TimeUnit.MILLISECONDS))
			.thenAccept((output) -> {
				this.processes.remove(id);
				this.exits.exited(id, new WorkerExit(ExitValue.of(process.exitValue()), output,
						isOutOfMemory(command, process.exitValue())));
			});
		return process.pid();
	}

	/**
	 * Send SIGTERM; nothing happens if the process has ended.
	 * @param id the worker
	 */
	public void terminate(WorkerId id) {
		Process process = this.processes.get(id);
		if (process != null) {
			// Process.destroy() would also close our end of its standard error.
			process.toHandle().destroy();
		}
	}

	/**
	 * Send SIGKILL; nothing happens if the process has ended.
	 * @param id the worker
	 */
	public void kill(WorkerId id) {
		Process process = this.processes.get(id);
		if (process != null) {
			process.toHandle().destroyForcibly();
		}
	}

	/**
	 * Tell whether a process is a worker whose end has not been reported yet.
	 * @param pid the process
	 * @return whether it is; on any thread
	 */
	public boolean contains(long pid) {
		return this.processes.values().stream().anyMatch((process) -> process.pid() == pid);
	}

	/**
	 * Kill every process that is left and wait for the ends. Only for a master that can't
	 * do better.
	 */
	public void killAll() {
		this.processes.values().forEach((process) -> process.toHandle().destroyForcibly());
		this.processes.values().forEach((process) -> process.onExit().join());
	}

	private static boolean isOutOfMemory(JavaCommand command, int exitValue) {
		return exitValue == OUT_OF_MEMORY && command.options().contains(WorkerOptions.EXIT_ON_OUT_OF_MEMORY);
	}

	/**
	 * Is told about ended processes.
	 */
	@FunctionalInterface
	public interface ExitListener {

		/**
		 * A process has ended.
		 * @param id the worker
		 * @param exit how it ended, with the end of its standard error
		 */
		void exited(WorkerId id, WorkerExit exit);

	}

}
