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

package io.prefork.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.control.ControlServer;
import io.prefork.launcher.listen.ListenAddress;
import io.prefork.launcher.listen.ListenException;
import io.prefork.launcher.listen.Listeners;
import io.prefork.launcher.process.CurrentJvm;
import io.prefork.launcher.process.WorkerProcesses;
import io.prefork.launcher.supervisor.Decision;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.Message;
import io.prefork.protocol.WorkerIdentity;

/**
 * Executes the supervisor's decisions on the edges, on the master loop's thread.
 */
final class DecisionExecutor implements Decision.Handler, AutoCloseable {

	private final Map<WorkerId, Long> startedAt = new HashMap<>();

	private final WorkerProcesses processes;

	private final Listeners listeners;

	private final ControlServer control;

	private final MasterLog log;

	private final WorkerEvents events;

	private final Path runDirectory;

	private @Nullable Integer exitCode;

	DecisionExecutor(WorkerProcesses processes, Listeners listeners, ControlServer control, MasterLog log,
			WorkerEvents events, Path runDirectory) {
		this.processes = processes;
		this.listeners = listeners;
		this.control = control;
		this.log = log;
		this.events = events;
		this.runDirectory = runDirectory;
	}

	/**
	 * The exit code of the master once it has to end.
	 * @return the exit code, or {@code null}
	 */
	@Nullable Integer exitCode() {
		return this.exitCode;
	}

	@Override
	public void spawn(Decision.Spawn decision) {
		WorkerId id = decision.id();
		String token = this.control.expect(id);
		try {
			this.startedAt.put(id, System.nanoTime());
			long pid = this.processes.start(id,
					new WorkerIdentity(id.slot(), id.incarnation(), decision.generation(), this.runDirectory, token));
			this.control.started(id, pid);
			this.log.name(id, decision.generation(), Long.toString(pid));
			this.log.worker(id, "starting");
		}
		catch (IOException ex) {
			this.log.name(id, decision.generation(), "-");
			this.events.exited(id, "could not be started: " + Remedies.explain(ex), "");
		}
	}

	@Override
	public void accept(Decision.Accept decision) {
		WorkerId id = decision.id();
		this.control.send(id, new Message.Accept(id.slot()));
		long started = this.startedAt.getOrDefault(id, System.nanoTime());
		this.log.worker(id, "ready in " + MasterLog.seconds(Duration.ofNanos(System.nanoTime() - started)));
	}

	@Override
	public void drain(Decision.Drain decision) {
		this.control.send(decision.id(), new Message.Drain(decision.budget(), decision.idleGrace(), true));
	}

	@Override
	public void terminate(Decision.Terminate decision) {
		this.log.worker(decision.id(), "terminating");
		this.processes.terminate(decision.id());
	}

	@Override
	public void kill(Decision.Kill decision) {
		this.log.workerWarning(decision.id(), "killing");
		this.processes.kill(decision.id());
	}

	@Override
	public void refuse(Decision.Refuse decision) {
		this.control.send(decision.id(), new Message.Refused(decision.request(), decision.reason()));
	}

	@Override
	public void closeListeners(Decision.CloseListeners decision) {
		this.log.info("master pid=%d stops".formatted(CurrentJvm.pid()));
		this.listeners.close();
	}

	@Override
	public void announce(Decision.Announce decision) {
		this.log.ready(this.listeners.addresses(), decision);
	}

	@Override
	public void report(Decision.Report decision) {
		this.log.workerWarning(decision.id(), decision.what());
	}

	@Override
	public void incident(Decision.Incident decision) {
		this.log.error("this must not happen, please report it: " + decision.what());
	}

	@Override
	public void finish(Decision.Finish decision) {
		this.exitCode = decision.code();
		if (decision.code() == ExitCodes.STOPPED) {
			this.log.info("master pid=%d %s".formatted(CurrentJvm.pid(), decision.reason()));
		}
		else {
			this.log.error(decision.reason());
		}
	}

	/**
	 * Answer a worker that asks for a listener.
	 * @param id the worker
	 * @param listen what it asks for
	 * @param supervisor is told if it can't be had
	 */
	void listen(WorkerId id, Message.Listen listen, Consumer<Event> supervisor) {
		try {
			int descriptor = this.listeners
				.obtain(new ListenAddress(listen.host(), listen.port(), listen.occurrence()));
			this.control.send(id, new Message.Listening(listen.request()));
			this.control.sendDescriptor(id, descriptor);
		}
		catch (ListenException ex) {
			supervisor.accept(new Event.ListenFailed(id, listen.request(), String.valueOf(ex.getMessage())));
		}
	}

	void forget(WorkerId id) {
		this.startedAt.remove(id);
		this.control.forget(id);
	}

	@Override
	public void close() {
		this.processes.killAll();
		this.listeners.close();
		this.control.close();
	}

}
