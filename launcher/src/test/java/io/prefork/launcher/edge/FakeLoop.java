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

package io.prefork.launcher.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.SupervisorSettings;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorRequest;

/**
 * A master loop that remembers what it was asked for.
 */
public final class FakeLoop implements Loop {

	private final List<String> asked = new ArrayList<>();

	/**
	 * Do what has been posted, and what that posts, until nothing is left.
	 * @param mailbox the mailbox
	 * @param loop the loop that does it
	 */
	public static void drain(Mailbox mailbox, Loop loop) {
		try {
			for (Consumer<Loop> task = mailbox.take(Duration.ZERO); task != null; task = mailbox.take(Duration.ZERO)) {
				task.accept(loop);
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public List<String> asked() {
		return this.asked;
	}

	@Override
	public void handle(Event event) {
		this.asked.add(event.toString());
	}

	@Override
	public void received(WorkerId id, FromWorker message) {
		this.asked.add("%s %s".formatted(id, message));
	}

	@Override
	public void asked(OperatorRequest message, Consumer<OperatorAnswer> answers) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void exited(WorkerId id, WorkerExit exit) {
		this.asked.add("%s %s".formatted(id, exit));
	}

	@Override
	public void begin(boolean succeeds) {
		this.asked.add("begin");
	}

	@Override
	public void end(int exitCode) {
		this.asked.add("end " + exitCode);
	}

	@Override
	public void replacedBy(long pid) {
		this.asked.add("replaced by " + pid);
	}

	@Override
	public SupervisorSettings settings() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void reopenLogs() {
		this.asked.add("reopen logs");
	}

}
