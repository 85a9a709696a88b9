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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.ServiceManagerVariables;
import io.prefork.launcher.edge.MasterProcess;
import io.prefork.launcher.supervisor.ProcessEnd;

/**
 * A new master, started by the old one with the very words with which that was started
 * itself, so that another JDK, launcher or application in the same place takes effect.
 */
public final class Successor implements MasterProcess {

	/**
	 * Names the run directory of the master that wants to be replaced.
	 */
	private static final String PREDECESSOR = "PREFORK_PREDECESSOR";

	private final Process process;

	private Successor(Process process) {
		this.process = process;
	}

	/**
	 * Start a new master.
	 * @param runDirectory the run directory of this one
	 * @return the new master's process
	 * @throws IOException if it can't be started
	 */
	static Successor start(Path runDirectory) throws IOException {
		List<String> taken = WorkerOptions.notInherited(CurrentJvm.options());
		if (!taken.isEmpty()) {
			throw new IOException(("it would need the port of %s, which this one has; start this one without that "
					+ "option, or stop and start the service")
				.formatted(String.join(" ", taken)));
		}
		ProcessBuilder builder = new ProcessBuilder(CurrentJvm.commandLine()).inheritIO();
		builder.directory(WorkingDirectory.current().existing().toFile());
		ServiceManagerVariables.removeAddressed(builder.environment());
		FirstJvm.removeFrom(builder.environment());
		builder.environment().put(PREDECESSOR, runDirectory.toString());
		return new Successor(builder.start());
	}

	/**
	 * The run directory of the master that this process has to succeed.
	 * @param environment the environment variables
	 * @return the directory, or {@code null} if this process is no successor
	 */
	public static @Nullable Path predecessor(Map<String, String> environment) {
		String directory = environment.get(PREDECESSOR);
		return (directory != null) ? Path.of(directory) : null;
	}

	/**
	 * Remove what makes a process a successor from the environment of one that is not.
	 * @param environment the environment variables to change
	 */
	static void removeFrom(Map<String, String> environment) {
		environment.remove(PREDECESSOR);
	}

	@Override
	public long pid() {
		return this.process.pid();
	}

	@Override
	public boolean isAlive() {
		return this.process.isAlive();
	}

	@Override
	public CompletableFuture<?> onExit() {
		return this.process.onExit();
	}

	@Override
	public void terminate() {
		this.process.toHandle().destroy();
	}

	@Override
	public CompletableFuture<?> endWithin(Duration limit) {
		return ForeignProcess.endWithin(this.process.toHandle(), limit);
	}

	@Override
	public ProcessEnd end() {
		return ExitValue.of(this.process.exitValue());
	}

}
