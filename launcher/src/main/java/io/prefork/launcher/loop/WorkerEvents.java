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

import java.time.Duration;
import java.util.function.Consumer;

import io.prefork.launcher.edge.ControlListener;
import io.prefork.launcher.edge.ExitListener;
import io.prefork.launcher.edge.Mailbox;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorRequest;

/**
 * Posts to the master loop what the edges learn of workers, on their threads.
 */
public final class WorkerEvents implements ControlListener, ExitListener {

	private static final int MAX_REJECTIONS = 10;

	private static final Duration REJECTIONS_WINDOW = Duration.ofMinutes(1);

	private final Mailbox mailbox;

	private final MasterLog log;

	private long rejectionsSince = System.nanoTime();

	private int rejections;

	public WorkerEvents(Mailbox mailbox, MasterLog log) {
		this.mailbox = mailbox;
		this.log = log;
	}

	@Override
	public void received(WorkerId id, FromWorker message, Runnable done) {
		this.mailbox.post((loop) -> {
			try {
				loop.received(id, message);
			}
			finally {
				done.run();
			}
		});
	}

	@Override
	public void asked(OperatorRequest message, Consumer<OperatorAnswer> answers) {
		this.mailbox.post((loop) -> loop.asked(message, answers));
	}

	@Override
	public void disconnected(WorkerId id) {
		this.mailbox.post(new Event.WorkerLost(id));
	}

	@Override
	public void rejected(String reason) {
		// All on one thread. Who connects again and again must not fill the log.
		long now = System.nanoTime();
		if (now - this.rejectionsSince > REJECTIONS_WINDOW.toNanos()) {
			this.rejectionsSince = now;
			this.rejections = 0;
		}
		if (++this.rejections <= MAX_REJECTIONS) {
			this.log
				.warn(reason + ((this.rejections == MAX_REJECTIONS) ? "; others are not reported for a while" : ""));
		}
	}

	@Override
	public void exited(WorkerId id, WorkerExit exit) {
		this.mailbox.post((loop) -> loop.exited(id, exit));
	}

}
