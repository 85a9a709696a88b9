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

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.prefork.contract.Scoreboard;
import io.prefork.launcher.log.History;
import io.prefork.launcher.log.Wording;
import io.prefork.launcher.supervisor.Decision;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.Reload;
import io.prefork.launcher.supervisor.Step;
import io.prefork.launcher.supervisor.SupervisorState;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorAnswer.Rejected.Cause;
import io.prefork.protocol.OperatorRequest;
import io.prefork.protocol.ToPeers;
import io.prefork.status.Hint;
import io.prefork.status.HistoryEntry;
import io.prefork.status.ListenerStatus;
import io.prefork.status.ReloadStatus;
import io.prefork.status.ReloadTotals;
import io.prefork.status.ServiceStatus;

/**
 * Does and tells what operators ask for, by way of a worker or of a command line, and
 * lets workers ask each other. The master loop owns it.
 */
final class Operations {

	private final Instant began = Instant.now();

	private final ReloadReports reloads = new ReloadReports();

	private final PeerQuestions peers;

	private final MasterLoop loop;

	private final Workers workers;

	private final ListenerRequests listeners;

	private final History history;

	private List<Hint> hints = List.of();

	/**
	 * Create operations.
	 * @param loop the loop, which takes the steps
	 * @param workers the workers
	 * @param listeners what the service listens on
	 * @param history what was logged last
	 */
	Operations(MasterLoop loop, Workers workers, ListenerRequests listeners, History history) {
		this.loop = loop;
		this.workers = workers;
		this.listeners = listeners;
		this.history = history;
		this.peers = new PeerQuestions(workers);
	}

	/**
	 * Remember what a step has changed.
	 * @param step the step
	 */
	void follow(Step step) {
		this.reloads.follow(step);
		step.decisions().forEach((decision) -> {
			if (decision instanceof Decision.Depart depart) {
				this.peers.gone(depart.departure().id());
			}
		});
	}

	/**
	 * Find who does what one operator asks for.
	 * @param answers takes the answers, on any thread
	 * @return the handler
	 */
	OperatorRequest.Handler requests(Consumer<OperatorAnswer> answers) {
		return new Requests(answers);
	}

	/**
	 * Find who passes on what a worker says to others.
	 * @param worker the worker
	 * @return the handler
	 */
	ToPeers.Handler peers(RunningWorker worker) {
		return new Peers(worker);
	}

	/**
	 * Remember what a worker has found in its application.
	 * @param found the findings
	 */
	void found(List<Hint> found) {
		this.hints = found;
	}

	/**
	 * Does what one operator asks for.
	 */
	private final class Requests implements OperatorRequest.Handler {

		private final Consumer<OperatorAnswer> answers;

		private Requests(Consumer<OperatorAnswer> answers) {
			this.answers = answers;
		}

		@Override
		public void getStatus(OperatorRequest.GetStatus message) {
			SupervisorState state = Operations.this.loop.state();
			StatusReport report = new StatusReport(state, Operations.this.began, Operations.this.workers.all(),
					message);
			ReloadStatus reload = Operations.this.reloads.status(state, Operations.this.began);
			List<HistoryEntry> history = message.history() ? Operations.this.history.entries() : List.of();
			List<Hint> hints = Operations.this.hints;
			List<ListenerStatus> listeners = Operations.this.listeners.status();
			ReloadTotals reloads = Operations.this.reloads.totals();
			Map<String, String> settings = state.generation().told();
			long pid = Operations.this.workers.masterPid();
			// To look at the memory of many processes would hold up the loop.
			CompletableFuture.runAsync(() -> this.answers
				.accept(new OperatorAnswer.Status(message.request(), new ServiceStatus(report.master(pid, reloads),
						report.workers(), report.spares(), listeners, reload, history, hints, settings))));
		}

		@Override
		public void reload(OperatorRequest.Reload message) {
			Reload running = Operations.this.loop.state().reload();
			if (running != null) {
				reject(message.request(), Cause.CONFLICT,
						"a reload is in progress: generation %d".formatted(running.number()));
				return;
			}
			Operations.this.loop.handle(new Event.ReloadRequested());
			Reload reload = Operations.this.loop.state().reload();
			if (reload != null) {
				accept(message.request(), reload.number());
			}
			else {
				reject(message.request(), Cause.CONFLICT, "the service does not run, or is about to stop");
			}
		}

		@Override
		public void scale(OperatorRequest.Scale message) {
			if (message.workers() < 1 || message.workers() > Scoreboard.LINES) {
				reject(message.request(), Cause.INVALID,
						"the number of workers must be between 1 and %d".formatted(Scoreboard.LINES));
				return;
			}
			Operations.this.loop.handle(new Event.ScaleRequested(message.workers(), false));
			accept(message.request(), message.workers());
		}

		@Override
		public void recycle(OperatorRequest.Recycle message) {
			SupervisorState state = Operations.this.loop.state();
			if (message.slot() < 0 || message.slot() >= state.target()) {
				reject(message.request(), Cause.UNKNOWN, "there is no slot %d; the service has %s"
					.formatted(message.slot(), Wording.count(state.target(), "worker")));
			}
			else if (state.slots().get(message.slot()).ready() == null) {
				reject(message.request(), Cause.CONFLICT, "no worker is ready in slot %d".formatted(message.slot()));
			}
			else {
				Operations.this.loop.handle(new Event.RecycleRequested(message.slot()));
				accept(message.request(), message.slot());
			}
		}

		@Override
		public void stop(OperatorRequest.Stop message) {
			accept(message.request(), 0);
			Operations.this.loop.handle(new Event.StopRequested(message.quick()));
		}

		private void accept(int request, int number) {
			this.answers.accept(new OperatorAnswer.Accepted(request, number));
		}

		private void reject(int request, Cause cause, String reason) {
			this.answers.accept(new OperatorAnswer.Rejected(request, cause, reason));
		}

	}

	/**
	 * Passes on what one worker says to others.
	 */
	private final class Peers implements ToPeers.Handler {

		private final RunningWorker worker;

		private Peers(RunningWorker worker) {
			this.worker = worker;
		}

		@Override
		public void askWorkers(ToPeers.AskWorkers message) {
			Operations.this.peers.ask(this.worker, message, Operations.this.loop.state());
		}

		@Override
		public void endAsking(ToPeers.EndAsking message) {
			Operations.this.peers.end(this.worker.id(), message.request());
		}

		@Override
		public void farewell(ToPeers.Farewell message) {
			Operations.this.peers.farewell(this.worker.id(), message);
		}

		@Override
		public void answerPart(ToPeers.AnswerPart message) {
			Operations.this.peers.answered(this.worker.id(), message);
		}

	}

}
