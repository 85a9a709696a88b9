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
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.WorkerIdentity;
import io.prefork.launcher.config.JavaCommand;
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

	/**
	 * How a JVM exits with {@code -XX:+ExitOnOutOfMemoryError}.
	 */
	private static final int OUT_OF_MEMORY = 3;

	private static final Duration OUTPUT_GRACE = Duration.ofMillis(500);

	private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

	private static final String NO_THREAD = "there is no thread or process left for it (ulimit -u, TasksMax= in a "
			+ "systemd unit, pids.max of a container)";

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
	public WorkerProcess start(WorkerId id, JavaCommand command, WorkerIdentity identity, boolean awaited)
			throws IOException {
		ProcessBuilder builder = ChildJvm.of(WorkerOptions.number(command, identity.line()))
			.redirectInput(Redirect.INHERIT)
			.redirectOutput(Redirect.INHERIT)
			.redirectError(Redirect.PIPE);
		identity.writeTo(builder.environment(), ownPid());
		List<String> priority = awaited ? List.of() : CpuPriority.lower();
		builder.command().addAll(0, priority);
		Process process = start(builder, identity.token());
		this.processes.add(process);
		try {
			OutputTail tail = OutputTail.follow(process.getErrorStream(), System.err, "prefork-stderr-" + id);
			Thread watch = new Thread(() -> watch(id, command, process, tail), "prefork-exit-" + id);
			watch.setDaemon(true);
			watch.start();
		}
		catch (OutOfMemoryError ex) {
			this.processes.remove(process);
			process.toHandle().destroyForcibly();
			throw new IOException(NO_THREAD, ex);
		}
		return new Worker(process, new AtomicBoolean(!priority.isEmpty()));
	}

	/**
	 * Start a process, or none: when the JDK gets no thread to wait for it, it leaves it
	 * alone.
	 * @param builder what to start
	 * @param token what the process is known by, in its environment
	 * @return the process
	 * @throws IOException if it can't be started
	 */
	private static Process start(ProcessBuilder builder, String token) throws IOException {
		try {
			return builder.start();
		}
		catch (OutOfMemoryError ex) {
			ProcessHandle.current()
				.children()
				.filter((child) -> hasInEnvironment(child.pid(), token))
				.forEach(ProcessHandle::destroyForcibly);
			throw new IOException(NO_THREAD, ex);
		}
	}

	private static boolean hasInEnvironment(long pid, String text) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1)
				.contains(text);
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Wait for the end of a worker, on a thread that has been there since its start: at
	 * its end there may be none to get.
	 * @param id the worker
	 * @param command what it runs
	 * @param process its process
	 * @param tail its output
	 */
	private void watch(WorkerId id, JavaCommand command, Process process, OutputTail tail) {
		try {
			int exitValue = process.waitFor();
			String output = tail.await(OUTPUT_GRACE);
			this.processes.remove(process);
			this.exits.exited(id, new WorkerExit(ExitValue.of(exitValue), output, isOutOfMemory(command, exitValue)));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public MasterProcess startMaster(Path directory) throws IOException {
		return Successor.start(directory);
	}

	@Override
	public @Nullable OtherProcess find(long pid, String start) {
		return ForeignProcess.find(pid, start);
	}

	@Override
	public @Nullable String startOf(long pid) {
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
		try {
			for (Process process : this.processes) {
				process.waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean isOutOfMemory(JavaCommand command, int exitValue) {
		return exitValue == OUT_OF_MEMORY && command.options().contains(WorkerOptions.EXIT_ON_OUT_OF_MEMORY);
	}

	/**
	 * One of them. {@link Process#destroy()} would also close our end of its standard
	 * error.
	 *
	 * @param process the process
	 * @param low whether its priority is a lower one
	 */
	private record Worker(Process process, AtomicBoolean low) implements WorkerProcess {

		@Override
		public long pid() {
			return this.process.pid();
		}

		@Override
		public @Nullable Usage usage() {
			return ProcessUsage.of(this.process.toHandle());
		}

		@Override
		public boolean maps(Path file) {
			try (Stream<String> maps = Files.lines(Path.of("/proc", Long.toString(pid()), "maps"),
					StandardCharsets.ISO_8859_1)) {
				String name = " " + file;
				return maps.anyMatch((line) -> line.endsWith(name));
			}
			catch (IOException | UncheckedIOException ex) {
				return false;
			}
		}

		@Override
		public void hasten() {
			if (this.low.compareAndSet(true, false)) {
				CpuPriority.raise(pid());
			}
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
