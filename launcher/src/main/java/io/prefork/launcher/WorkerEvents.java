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
import io.prefork.launcher.process.WorkerProcesses.ExitListener;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.WorkerId;
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
		this.mailbox.post(() -> this.supervisor.accept(new Event.WorkerLeaving(id)));
	}

	@Override
	public void rejected(String reason) {
		this.log.warn(reason);
	}

	@Override
	public void exited(WorkerId id, String description, String output) {
		this.mailbox.post(() -> ended(id, description, output));
	}

	private void ended(WorkerId id, String description, String output) {
		this.log.worker(id, description);
		this.log.forget(id);
		if (this.executor != null) {
			this.executor.forget(id);
		}
		String said = this.failures.remove(id);
		String last = (said != null) ? said : output;
		String full = last.isEmpty() ? description : "%s; its last output:%n%s".formatted(description, last);
		this.supervisor.accept(new Event.WorkerExited(id, full));
	}

	private void handle(WorkerId id, Message message) {
		if (message instanceof Message.Ready) {
			this.supervisor.accept(new Event.WorkerReady(id));
		}
		else if (message instanceof Message.Draining) {
			this.log.worker(id, "draining");
			this.supervisor.accept(new Event.WorkerLeaving(id));
		}
		else if (message instanceof Message.Drained drained) {
			this.log.worker(id, (drained.cut() == 0) ? "drained"
					: "drained, %d connections had to be cut".formatted(drained.cut()));
		}
		else if (message instanceof Message.Failed failed) {
			this.failures.put(id, failed.reason());
		}
		else if (message instanceof Message.Listen listen && this.executor != null) {
			this.executor.listen(id, listen, this.supervisor);
		}
	}

}
