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
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.control.ControlServer;
import io.prefork.launcher.distribution.ConnectionDistribution;
import io.prefork.launcher.distribution.WorkerLines;
import io.prefork.launcher.listen.ListenAddress;
import io.prefork.launcher.listen.ListenException;
import io.prefork.launcher.listen.Listeners;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.log.Wording;
import io.prefork.launcher.process.CurrentJvm;
import io.prefork.launcher.process.WorkerProcesses;
import io.prefork.launcher.supervisor.Decision;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.launcher.supervisor.ProcessEnd;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Message;
import io.prefork.protocol.WorkerIdentity;

/**
 * Executes the supervisor's decisions on the edges, on the master loop's thread.
 */
final class DecisionExecutor implements Decision.Handler, AutoCloseable {

	private final Map<WorkerId, Running> running = new HashMap<>();

	private final AskedAddresses asked = new AskedAddresses();

	private final WorkerProcesses processes;

	private final Listeners listeners;

	private final ControlServer control;

	private final Generations generations;

	private final MasterLog log;

	private final WorkerEvents events;

	private final Path runDirectory;

	private final WorkerRoster roster;

	private final WorkerLines lines;

	private final ConnectionDistribution distribution;

	private final Succession succession;

	private boolean warnedOfReservation;

	private @Nullable Integer exitCode;

	DecisionExecutor(WorkerProcesses processes, Listeners listeners, ControlServer control, Generations generations,
			MasterLog log, WorkerEvents events, Path runDirectory, WorkerRoster roster, WorkerLines lines,
			ConnectionDistribution distribution, Succession succession) {
		this.processes = processes;
		this.listeners = listeners;
		this.control = control;
		this.generations = generations;
		this.log = log;
		this.events = events;
		this.runDirectory = runDirectory;
		this.roster = roster;
		this.lines = lines;
		this.distribution = distribution;
		this.succession = succession;
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
		this.running.put(id, new Running(decision.generation(), System.nanoTime()));
		try {
			long pid = this.processes.start(id, this.generations.command(decision.generation()),
					new WorkerIdentity(id.slot(), id.incarnation(), decision.generation(), this.lines.assign(id),
							this.runDirectory, token));
			this.control.started(id, pid);
			this.roster.started(id, pid, token);
			this.log.name(id, decision.generation(), Long.toString(pid));
			this.log.worker(id, "starting");
		}
		catch (IOException ex) {
			this.log.name(id, decision.generation(), "-");
			this.events.exited(id, new WorkerExit(new ProcessEnd.NotStarted(Remedies.explain(ex)), "", false));
		}
	}

	@Override
	public void accept(Decision.Accept decision) {
		WorkerId id = decision.id();
		this.control.send(id, new FromMaster.Accept(decision.slot()));
		this.distribution.accepting(id, decision.slot());
		if (id.slot() >= 0) {
			Running worker = this.running.get(id);
			long started = (worker != null) ? worker.startedAt() : System.nanoTime();
			this.log.worker(id, "ready in " + MasterLog.seconds(Duration.ofNanos(System.nanoTime() - started)));
		}
		else {
			this.log.promoted(id, decision.slot());
			this.log.worker(id, "ready: takes over from %s after %d ms without a worker in the slot"
				.formatted(WorkerId.nameOfSeat(id.slot()).replace('=', ' '), decision.vacant().toMillis()));
		}
	}

	@Override
	public void drain(Decision.Drain decision) {
		this.control.send(decision.id(),
				new FromMaster.Drain(decision.budget(), decision.idleGrace(), decision.lastCall()));
	}

	@Override
	public void dump(Decision.Dump decision) {
		this.control.send(decision.id(), new FromMaster.Dump());
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
	public void depart(Decision.Depart decision) {
		WorkerId id = decision.departure().id();
		this.log.worker(id, "%s (%s)".formatted(Wording.of(decision.departure().exit().end()),
				decision.departure().reason().label()));
		this.log.forget(id);
		this.running.remove(id);
		this.control.forget(id);
		this.roster.ended(id);
		this.distribution.gone(id);
		this.lines.release(id);
	}

	@Override
	public void refuse(Decision.Refuse decision) {
		this.control.send(decision.id(), new FromMaster.Refused(decision.request(), decision.reason()));
	}

	@Override
	public void prepare(Decision.Prepare decision) {
		this.generations.prepare(decision.generation(), this.events::happened);
	}

	@Override
	public void endReload(Decision.EndReload decision) {
		if (decision.failure() == null) {
			this.log.info("reload gen=%d succeeded in %s".formatted(decision.generation(),
					MasterLog.seconds(decision.took())));
		}
		else {
			this.log.error(
					"reload gen=%d rolled back: %s".formatted(decision.generation(), Wording.of(decision.failure())));
		}
		this.asked.reloaded(decision.generation(), decision.failure() == null);
		closeUnused();
	}

	@Override
	public void closeListeners(Decision.CloseListeners decision) {
		this.log.info("master pid=%d stops".formatted(CurrentJvm.pid()));
		this.succession.stopping();
		this.distribution.close();
		this.listeners.stop();
	}

	@Override
	public void announce(Decision.Announce decision) {
		closeUnused();
		this.log.ready(this.listeners.addresses(), decision);
		this.succession.announced(decision, this.events::happened);
	}

	@Override
	public void notice(Decision.Notice decision) {
		this.log.info(Wording.of(decision.what()));
	}

	@Override
	public void report(Decision.Report decision) {
		this.log.workerWarning(decision.id(), Wording.of(decision.what()));
	}

	@Override
	public void incident(Decision.Incident decision) {
		this.log.error("this must not happen, please report it: " + Wording.of(decision));
	}

	@Override
	public void finish(Decision.Finish decision) {
		this.exitCode = decision.ending().exitCode();
		if (decision.ending().exitCode() == ExitCodes.STOPPED) {
			this.succession.stopped();
			this.log.info("master pid=%d %s".formatted(CurrentJvm.pid(), Wording.of(decision.ending())));
		}
		else {
			this.log.error(Wording.of(decision.ending()));
		}
	}

	/**
	 * Answer a worker that asks for a listener.
	 * @param id the worker
	 * @param listen what it asks for
	 * @param supervisor is told if it can't be had
	 */
	void listen(WorkerId id, FromWorker.Listen listen, Consumer<Event> supervisor) {
		ListenAddress address = ListenAddress.of(listen);
		Running worker = this.running.get(id);
		try {
			int descriptor = this.listeners.obtain(address);
			if (worker != null) {
				this.asked.add(worker.generation(), address);
			}
			if (listen.reserved() && !this.warnedOfReservation) {
				this.warnedOfReservation = true;
				LimitWarnings.logReservation(this.log);
			}
			this.control.sendDescriptor(id, new FromMaster.Listening(listen.request(), this.distribution.kind(address)),
					descriptor);
			this.distribution.listening(id, listen.request(), address);
		}
		catch (ListenException ex) {
			supervisor.accept(new Event.ListenFailed(id, listen.request(), String.valueOf(ex.getMessage())));
		}
	}

	/**
	 * A worker drains, whoever asked for it.
	 * @param id the worker
	 */
	void draining(WorkerId id) {
		this.log.worker(id, "draining");
		this.distribution.leaving(id);
	}

	/**
	 * A worker wants no more connections.
	 * @param id the worker
	 */
	void enough(WorkerId id) {
		this.distribution.enough(id);
	}

	/**
	 * Tell every worker something.
	 * @param message what
	 */
	void broadcast(Message message) {
		this.running.keySet().forEach((id) -> this.control.send(id, message));
	}

	@Override
	public void close() {
		this.processes.killAll();
		this.distribution.close();
		this.listeners.close();
		this.succession.close();
		this.control.close();
		this.generations.close();
	}

	private void closeUnused() {
		Set<ListenAddress> needed = this.asked.needed();
		if (!needed.isEmpty()) {
			this.listeners.retain(needed);
		}
		this.listeners.warnings().forEach(this.log::warn);
	}

	/**
	 * What is known about a worker's process.
	 *
	 * @param generation its generation
	 * @param startedAt when it was started, see {@link System#nanoTime}
	 */
	private record Running(int generation, long startedAt) {

	}

}
