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

import java.util.function.Consumer;

import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.SupervisorSettings;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorRequest;

/**
 * The master loop, as what is posted to it sees it.
 */
public interface Loop {

	/**
	 * Let the supervisor take one step.
	 * @param event what happened
	 */
	void handle(Event event);

	/**
	 * A worker said something.
	 * @param id the worker
	 * @param message what it said
	 */
	void received(WorkerId id, FromWorker message);

	/**
	 * An operator asked for something, not by way of a worker.
	 * @param message what is asked for
	 * @param answers takes the answers, on any thread
	 */
	void asked(OperatorRequest message, Consumer<OperatorAnswer> answers);

	/**
	 * A worker's process has ended.
	 * @param id the worker
	 * @param exit how
	 */
	void exited(WorkerId id, WorkerExit exit);

	/**
	 * Start the first workers, unless the master has to end already.
	 * @param succeeds whether the service was another master's before
	 */
	void begin(boolean succeeds);

	/**
	 * End, because the master can't begin.
	 * @param exitCode its exit code
	 */
	void end(int exitCode);

	/**
	 * Another master is in charge.
	 * @param pid its process
	 */
	void replacedBy(long pid);

	/**
	 * The settings of the generation that serves.
	 * @return the settings
	 */
	SupervisorSettings settings();

	/**
	 * Let all workers open their log files again.
	 */
	void reopenLogs();

}
