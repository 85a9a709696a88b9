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
import java.util.function.Consumer;

import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.log.Wording;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.Vitals;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.OperatorRequest;
import io.prefork.protocol.ToPeers;
import io.prefork.status.StallStatus;

/**
 * Handles what one worker says, in the master loop.
 */
final class WorkerMessages implements FromWorker.Handler {

	private final RunningWorker worker;

	private final ListenerRequests listeners;

	private final Operations operations;

	private final OperatorRequest.Handler requests;

	private final ToPeers.Handler peers;

	private final Consumer<Event> supervisor;

	private final MasterLog log;

	/**
	 * Create a handler.
	 * @param worker the worker
	 * @param listeners answers its requests for listeners
	 * @param operations does what operators ask for by way of it
	 * @param supervisor is told what matters to it
	 * @param log the master's log
	 */
	WorkerMessages(RunningWorker worker, ListenerRequests listeners, Operations operations, Consumer<Event> supervisor,
			MasterLog log) {
		this.worker = worker;
		this.listeners = listeners;
		this.operations = operations;
		this.requests = operations.requests(worker.session()::send);
		this.peers = operations.peers(worker);
		this.supervisor = supervisor;
		this.log = log;
	}

	@Override
	public void listen(FromWorker.Listen message) {
		try {
			this.listeners.answer(this.worker, message);
		}
		catch (ListenException ex) {
			this.supervisor
				.accept(new Event.ListenFailed(this.worker.id(), message.request(), String.valueOf(ex.getMessage())));
		}
	}

	@Override
	public void ready(FromWorker.Ready message) {
		if (this.worker.id().isSpare()) {
			this.log.worker(this.worker.name(), "waits as a spare");
		}
		this.supervisor.accept(new Event.WorkerReady(this.worker.id(), message.probe()));
	}

	@Override
	public void draining() {
		this.log.worker(this.worker.name(), "draining");
		this.worker.share().leaving();
		this.supervisor.accept(new Event.WorkerLeaving(this.worker.id()));
	}

	@Override
	public void drained(FromWorker.Drained message) {
		this.log.worker(this.worker.name(), (message.cut() == 0) ? "drained"
				: "drained, %s had to be cut".formatted(Wording.count(message.cut(), "connection")));
	}

	@Override
	public void failed(FromWorker.Failed message) {
		this.worker.lastWords(message.reason());
	}

	@Override
	public void heartbeat(FromWorker.Heartbeat message) {
		this.worker.heard();
		this.supervisor.accept(
				new Event.WorkerHeard(this.worker.id(), message.silence(), new Vitals(message.lag(), message.requests(),
						message.errors(), message.active(), message.connections(), message.heap(), message.rss())));
	}

	@Override
	public void leading(FromWorker.Leading message) {
		this.worker.leads(message.leads());
		this.log.worker(this.worker.name(), message.leads() ? "leader" : "not leader any more");
	}

	@Override
	public void hints(FromWorker.Hints message) {
		this.operations.found(message.hints());
	}

	@Override
	public void stalled(FromWorker.Stalled message) {
		this.worker.stalled(new StallStatus(Instant.now(), message.loop(), message.silence(), message.stack()));
		this.log.workerWarning(this.worker.name(),
				"event loop %s is blocked for %d ms%s".formatted(message.loop(), message.silence().toMillis(),
						this.worker.isCold() ? ", as happens to a worker that has just begun: it loads classes"
								: System.lineSeparator() + message.stack()));
	}

	@Override
	public void stopDispatch() {
		this.worker.share().stopDispatch();
	}

	@Override
	public void getStatus(OperatorRequest.GetStatus message) {
		this.requests.getStatus(message);
	}

	@Override
	public void reload(OperatorRequest.Reload message) {
		this.requests.reload(message);
	}

	@Override
	public void scale(OperatorRequest.Scale message) {
		this.requests.scale(message);
	}

	@Override
	public void recycle(OperatorRequest.Recycle message) {
		this.requests.recycle(message);
	}

	@Override
	public void stop(OperatorRequest.Stop message) {
		this.requests.stop(message);
	}

	@Override
	public void askWorkers(ToPeers.AskWorkers message) {
		this.peers.askWorkers(message);
	}

	@Override
	public void endAsking(ToPeers.EndAsking message) {
		this.peers.endAsking(message);
	}

	@Override
	public void farewell(ToPeers.Farewell message) {
		this.peers.farewell(message);
	}

	@Override
	public void answerPart(ToPeers.AnswerPart message) {
		this.peers.answerPart(message);
	}

}
