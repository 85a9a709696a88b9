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

package io.prefork.launcher.edge;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.WorkerIdentity;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.supervisor.WorkerId;

/**
 * Starts and finds processes.
 */
public interface ProcessEdge {

	/**
	 * The id of this process.
	 * @return the process id
	 */
	long ownPid();

	/**
	 * Start a worker. Its end is reported on another thread.
	 * @param id the worker
	 * @param command what it runs
	 * @param identity what it is told about itself
	 * @param awaited whether somebody waits for it; otherwise it boots with what CPU time
	 * the others leave, where that can be changed again
	 * @return its process
	 * @throws IOException if it can't be started
	 */
	WorkerProcess start(WorkerId id, JavaCommand command, WorkerIdentity identity, boolean awaited) throws IOException;

	/**
	 * Start a master that takes over from this one.
	 * @param directory this master's run directory
	 * @return its process
	 * @throws IOException if it can't be started
	 */
	MasterProcess startMaster(Path directory) throws IOException;

	/**
	 * Find a process that this master has not started.
	 * @param pid its id
	 * @param start its start: a process id is used again
	 * @return the process, or {@code null} if it has ended
	 */
	@Nullable OtherProcess find(long pid, String start);

	/**
	 * The start of a process, by which it is told from another one with its id.
	 * @param pid its id
	 * @return the start, without blanks; or {@code null} if it has ended
	 */
	@Nullable String startOf(long pid);

	/**
	 * Kill every worker that is left and wait for the ends.
	 */
	void killAll();

}
