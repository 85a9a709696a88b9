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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.control.ControlListener;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.process.WorkerProcesses.ExitListener;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.Vitals;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Message;

/**
 * Brings what workers say and do into the master loop.
 */
final class WorkerEvents implements ControlListener, ExitListener {

	private final Map<WorkerId, String> failures = new ConcurrentHashMap<>();

	private final Mailbox mailbox;

	private final MasterLog log;

	private final Consumer<Event> supervisor;

	private @Nullable DecisionExecutor executor;

	WorkerEvents(Mailbox mailbox, MasterLog log, Consumer<Event> supervisor) {
		this.mailbox = mailbox;
		this.log = log;
		this.supervisor = supervisor;
	}

	void attach(DecisionExecutor executor) {
		this.executor = executor;
	}

	@Override
	public void received(WorkerId id, Message message) {
		this.mailbox.post(() -> handle(id, message));
	}

	@Override
	public void disconnected(WorkerId id) {
		happened(new Event.WorkerLost(id));
	}

	/**
	 * Something happened on another thread.
	 * @param event what
	 */
	void happened(Event event) {
		this.mailbox.post(() -> this.supervisor.accept(event));
	}

	@Override
	public void rejected(String reason) {
		this.log.warn(reason);
	}

	@Override
	public void exited(WorkerId id, WorkerExit exit) {
		this.mailbox.post(() -> {
			String said = this.failures.remove(id);
			this.supervisor.accept(new Event.WorkerExited(id,
					(said != null) ? new WorkerExit(exit.end(), said, exit.outOfMemory()) : exit));
		});
	}

	private void handle(WorkerId id, Message message) {
		if (message instanceof FromWorker.Heartbeat heartbeat) {
			this.supervisor.accept(new Event.WorkerHeard(id, heartbeat.silence(), vitals(heartbeat)));
		}
		else if (message instanceof FromWorker.Ready ready) {
			if (id.slot() < 0) {
				this.log.worker(id, "waits as a spare");
			}
			this.supervisor.accept(new Event.WorkerReady(id, ready.probe()));
		}
		else if (message instanceof FromWorker.Stalled stalled) {
			this.log.workerWarning(id, "event loop %s is blocked for %d ms%n%s".formatted(stalled.loop(),
					stalled.silence().toMillis(), stalled.stack()));
		}
		else if (message instanceof FromWorker.Draining) {
			if (this.executor != null) {
				this.executor.draining(id);
			}
			this.supervisor.accept(new Event.WorkerLeaving(id));
		}
		else if (message instanceof FromWorker.Drained drained) {
			this.log.worker(id, (drained.cut() == 0) ? "drained"
					: "drained, %d connections had to be cut".formatted(drained.cut()));
		}
		else if (message instanceof FromWorker.Failed failed) {
			this.failures.put(id, failed.reason());
		}
		else if (message instanceof FromWorker.Enough && this.executor != null) {
			this.executor.enough(id);
		}
		else if (message instanceof FromWorker.Listen listen && this.executor != null) {
			this.executor.listen(id, listen, this.supervisor);
		}
	}

	private static Vitals vitals(FromWorker.Heartbeat heartbeat) {
		return new Vitals(heartbeat.lag(), heartbeat.requests(), heartbeat.errors(), heartbeat.active(),
				heartbeat.connections(), heartbeat.heap(), heartbeat.rss());
	}

}
