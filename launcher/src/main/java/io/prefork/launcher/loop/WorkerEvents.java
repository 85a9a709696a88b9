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

import io.prefork.launcher.edge.ControlListener;
import io.prefork.launcher.edge.ExitListener;
import io.prefork.launcher.edge.Mailbox;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker;

/**
 * Posts to the master loop what the edges learn of workers, on their threads.
 */
public final class WorkerEvents implements ControlListener, ExitListener {

	private final Mailbox mailbox;

	private final MasterLog log;

	public WorkerEvents(Mailbox mailbox, MasterLog log) {
		this.mailbox = mailbox;
		this.log = log;
	}

	@Override
	public void received(WorkerId id, FromWorker message) {
		this.mailbox.post((loop) -> loop.received(id, message));
	}

	@Override
	public void disconnected(WorkerId id) {
		this.mailbox.post(new Event.WorkerLost(id));
	}

	@Override
	public void rejected(String reason) {
		this.log.warn(reason);
	}

	@Override
	public void exited(WorkerId id, WorkerExit exit) {
		this.mailbox.post((loop) -> loop.exited(id, exit));
	}

}
