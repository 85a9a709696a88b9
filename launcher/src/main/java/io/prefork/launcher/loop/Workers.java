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

package io.prefork.launcher.loop;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.RunDirectoryFiles;
import io.prefork.contract.WorkerIdentity;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.directory.RunDirectories;
import io.prefork.launcher.distribution.ConnectionDistribution;
import io.prefork.launcher.distribution.ScoreboardSlots;
import io.prefork.launcher.edge.ControlEdge;
import io.prefork.launcher.edge.Edges;
import io.prefork.launcher.edge.ProcessEdge;
import io.prefork.launcher.edge.WorkerProcess;
import io.prefork.launcher.edge.WorkerSession;
import io.prefork.launcher.succession.WorkerRoster;
import io.prefork.launcher.supervisor.Decision;
import io.prefork.launcher.supervisor.WorkerId;

/**
 * All workers that have a process, or are about to have one.
 */
public final class Workers {

	private final Map<WorkerId, RunningWorker> running = new LinkedHashMap<>();

	private final RunDirectories directories;

	private final ProcessEdge processes;

	private final ControlEdge control;

	private final ConnectionDistribution distribution;

	private final ScoreboardSlots scoreboard;

	private final WorkerRoster roster;

	/**
	 * Create a registry.
	 * @param directories the master's directories
	 * @param edges the outside world
	 * @param distribution gives them their shares of the connections
	 * @param scoreboard gives them lines on the scoreboard
	 * @param roster remembers them for a master to come
	 */
	public Workers(RunDirectories directories, Edges edges, ConnectionDistribution distribution,
			ScoreboardSlots scoreboard, WorkerRoster roster) {
		this.directories = directories;
		directories.keep("control socket",
				(directory) -> edges.control().restore(RunDirectoryFiles.socketIn(directory)));
		directories.keep("list of workers", roster);
		this.processes = edges.process();
		this.control = edges.control();
		this.distribution = distribution;
		this.scoreboard = scoreboard;
		this.roster = roster;
	}

	/**
	 * Start a worker.
	 * @param spawn which, and what for
	 * @param command what it runs
	 * @return the worker
	 * @throws IOException if it can't be started; {@link #release} is due all the same
	 */
	RunningWorker start(Decision.Spawn spawn, JavaCommand command) throws IOException {
		WorkerId id = spawn.id();
		int line = this.scoreboard.take();
		WorkerSession session = this.control.expect(id);
		RunningWorker worker = new RunningWorker(id, spawn.generation(), session, line,
				this.distribution.join(session, this.scoreboard.line(line)));
		this.running.put(id, worker);
		boolean awaited = isAwaited(worker);
		WorkerIdentity identity = new WorkerIdentity(id.place().wire(), id.incarnation(), spawn.generation(),
				spawn.workers(), spawn.initializes(), line, this.directories.own().path(), session.token());
		WorkerProcess process = this.processes.start(id, command, identity, awaited);
		worker.process(process);
		session.started(process.pid());
		this.roster.started(id, process.pid(), session.token());
		return worker;
	}

	/**
	 * Let those who serve by now, and those who somebody waits for by now, have as much
	 * CPU time as the others.
	 */
	void hasten() {
		for (RunningWorker worker : this.running.values()) {
			WorkerProcess process = worker.process();
			if (process != null && (worker.serves() || isAwaited(worker))) {
				process.hasten();
			}
		}
	}

	/**
	 * Whether a worker should boot as fast as it can: the first one of a service, and
	 * later each one in whose slot nobody serves.
	 * @param worker the worker
	 * @return {@code false} if it can take its time
	 */
	private boolean isAwaited(RunningWorker worker) {
		if (this.running.values().stream().noneMatch(RunningWorker::serves)) {
			return this.running.values().iterator().next() == worker;
		}
		return !worker.id().isSpare()
				&& this.running.values().stream().noneMatch((other) -> other.serves() && other.isInPlaceOf(worker));
	}

	@Nullable RunningWorker find(WorkerId id) {
		return this.running.get(id);
	}

	/**
	 * The process that the workers belong to.
	 * @return the id of this process
	 */
	long masterPid() {
		return this.processes.ownPid();
	}

	/**
	 * How the workers share the connections.
	 * @return the distribution
	 */
	ConnectionDistribution distribution() {
		return this.distribution;
	}

	/**
	 * How many connections they have opened.
	 * @return the number, which is smaller again when one is gone
	 */
	long openedConnections() {
		return this.scoreboard.openedConnections();
	}

	Collection<RunningWorker> all() {
		return List.copyOf(this.running.values());
	}

	/**
	 * The name of a worker in the log.
	 * @param id the worker, which need not be there
	 * @return its name
	 */
	String nameOf(WorkerId id) {
		RunningWorker worker = this.running.get(id);
		return (worker != null) ? worker.name() : id.place().toString();
	}

	/**
	 * Let go of everything that a worker had. Its process has ended, or never began.
	 * @param id the worker
	 */
	void release(WorkerId id) {
		RunningWorker worker = this.running.remove(id);
		if (worker != null) {
			worker.session().close();
			this.roster.ended(id);
			worker.share().gone();
			this.scoreboard.release(worker.line());
			hasten();
		}
	}

}
