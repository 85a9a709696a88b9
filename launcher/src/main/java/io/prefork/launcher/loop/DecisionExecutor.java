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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.edge.Mailbox;
import io.prefork.launcher.generation.Generations;
import io.prefork.launcher.log.ErrnoHints;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.log.Wording;
import io.prefork.launcher.preload.Preload;
import io.prefork.launcher.succession.Succession;
import io.prefork.launcher.supervisor.Decision;
import io.prefork.launcher.supervisor.DecisionReceiver;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.launcher.supervisor.ProcessEnd;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromMaster;

/**
 * Does what the supervisor decides. What fails comes back as an event.
 */
final class DecisionExecutor implements DecisionReceiver {

	/**
	 * An eighth of the time is for those who nobody waits for.
	 */
	private static final int PATIENCE = 8;

	private final Workers workers;

	private final ListenerRequests listeners;

	private final Generations generations;

	private final Succession succession;

	private final Mailbox mailbox;

	private final MasterLog log;

	private @Nullable Integer exitCode;

	DecisionExecutor(Workers workers, ListenerRequests listeners, Generations generations, Succession succession,
			Mailbox mailbox, MasterLog log) {
		this.workers = workers;
		this.listeners = listeners;
		this.generations = generations;
		this.succession = succession;
		this.mailbox = mailbox;
		this.log = log;
	}

	/**
	 * The exit code of the master once it has to end.
	 * @return the exit code, or {@code null}
	 */
	@Nullable Integer exitCode() {
		return this.exitCode;
	}

	/**
	 * Let the master end, whatever it does.
	 * @param exitCode its exit code
	 */
	void end(int exitCode) {
		this.exitCode = exitCode;
	}

	@Override
	public void spawn(Decision.Spawn decision) {
		WorkerId id = decision.id();
		try {
			JavaCommand command = this.generations.command(decision.generation());
			this.workers.start(decision, command).expects(Preload.archiveIn(command));
			this.log.worker(this.workers.nameOf(id), "starting");
			this.mailbox.post((loop) -> limitPatience(id, loop.settings().limits().boot()));
		}
		catch (IOException ex) {
			WorkerExit exit = new WorkerExit(new ProcessEnd.NotStarted(ErrnoHints.explain(ex)), "", false);
			this.mailbox.post((loop) -> loop.exited(id, exit));
		}
	}

	/**
	 * On a machine without any time left a worker that can take its time would never
	 * boot.
	 * @param id the worker
	 * @param limit how long it may boot
	 */
	private void limitPatience(WorkerId id, Duration limit) {
		this.mailbox.postAfter(limit.dividedBy(PATIENCE), (loop) -> {
			RunningWorker worker = this.workers.find(id);
			if (worker != null && worker.process() != null) {
				worker.process().hasten();
			}
		});
	}

	@Override
	public void accept(Decision.Accept decision) {
		RunningWorker worker = this.workers.find(decision.id());
		if (worker == null) {
			return;
		}
		worker.session().send(new FromMaster.Accept(decision.slot()));
		worker.share().accepting(decision.slot());
		worker.serves(decision.slot());
		this.workers.hasten();
		checkArchive(worker);
		if (!decision.id().isSpare()) {
			this.log.worker(worker.name(), "ready in " + MasterLog.seconds(worker.age()));
		}
		else {
			this.log.worker(worker.name(), "ready: takes over from spare %d after %d ms without a worker in the slot"
				.formatted(decision.id().place().number(), decision.vacant().toMillis()));
		}
	}

	@Override
	public void lead(Decision.Lead decision) {
		send(decision.id(), new FromMaster.Lead(decision.leads()));
	}

	@Override
	public void drain(Decision.Drain decision) {
		send(decision.id(), new FromMaster.Drain(decision.budget(), decision.idleGrace(), decision.lastCall()));
	}

	@Override
	public void dump(Decision.Dump decision) {
		send(decision.id(), new FromMaster.Dump());
	}

	@Override
	public void terminate(Decision.Terminate decision) {
		RunningWorker worker = this.workers.find(decision.id());
		if (worker != null && worker.process() != null) {
			this.log.worker(worker.name(), "terminating");
			worker.process().terminate();
		}
	}

	@Override
	public void kill(Decision.Kill decision) {
		RunningWorker worker = this.workers.find(decision.id());
		if (worker != null && worker.process() != null) {
			this.log.workerWarning(worker.name(), "killing");
			worker.process().kill();
		}
	}

	@Override
	public void depart(Decision.Depart decision) {
		WorkerId id = decision.departure().id();
		this.log.worker(this.workers.nameOf(id), "%s (%s)".formatted(Wording.of(decision.departure().exit().end()),
				decision.departure().reason().label()));
		this.workers.release(id);
	}

	@Override
	public void refuse(Decision.Refuse decision) {
		send(decision.id(), new FromMaster.Refused(decision.request(), decision.reason()));
	}

	@Override
	public void prepare(Decision.Prepare decision) {
		this.generations.prepare(decision.generation(), this.mailbox::post);
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
		this.listeners.reloaded(decision.generation(), decision.failure() == null);
		if (decision.failure() == null) {
			this.generations.serves(decision.generation());
		}
	}

	@Override
	public void closeListeners(Decision.CloseListeners decision) {
		this.log.info("master pid=%d stops".formatted(this.workers.masterPid()));
		this.succession.stopping();
		this.listeners.stop();
	}

	@Override
	public void announce(Decision.Announce decision) {
		this.log.ready(this.listeners.settle(), decision);
		this.succession.announced(decision);
		this.generations.serves(decision.generation());
	}

	@Override
	public void notice(Decision.Notice decision) {
		this.log.info(Wording.of(decision.what()));
	}

	@Override
	public void report(Decision.Report decision) {
		this.log.workerWarning(this.workers.nameOf(decision.id()), Wording.of(decision.what()));
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
			this.log.info("master pid=%d %s".formatted(this.workers.masterPid(), Wording.of(decision.ending())));
		}
		else {
			this.log.error(Wording.of(decision.ending()));
		}
	}

	/**
	 * Forget what generations need that nobody runs any more.
	 * @param inUse the numbers of those that are needed
	 */
	void keep(Set<Integer> inUse) {
		this.generations.retain(inUse);
	}

	/**
	 * A JVM that can't use an archive starts without it and does not say so.
	 * @param worker a worker whose JVM has started
	 */
	private void checkArchive(RunningWorker worker) {
		Path archive = worker.refusedArchive();
		if (archive != null) {
			this.log.workerWarning(worker.name(), "its JVM does not use %s".formatted(archive));
			this.generations.refused(worker.generation());
		}
	}

	private void send(WorkerId id, FromMaster message) {
		RunningWorker worker = this.workers.find(id);
		if (worker != null) {
			worker.session().send(message);
		}
	}

}
