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

package io.prefork.launcher.control;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.edge.ControlListener;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorRequest;

/**
 * What a listener of the control channel was told, in order.
 */
final class Heard implements ControlListener {

	private boolean deals = true;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	@Override
	public void received(WorkerId id, FromWorker message, Runnable done) {
		this.lines.add("received %s %s".formatted(id, message));
		if (this.deals) {
			done.run();
		}
	}

	@Override
	public void disconnected(WorkerId id) {
		this.lines.add("disconnected %s".formatted(id));
	}

	@Override
	public void asked(OperatorRequest message, Consumer<OperatorAnswer> answers) {
		this.lines.add("asked %s".formatted(message));
		answers.accept(new OperatorAnswer.Accepted(1, 2));
	}

	@Override
	public void rejected(String reason) {
		this.lines.add("rejected " + reason);
	}

	@Nullable String next() throws InterruptedException {
		return this.lines.poll(10, TimeUnit.SECONDS);
	}

	boolean isEmpty() {
		return this.lines.isEmpty();
	}

	/**
	 * Deal with nothing that is received from now on.
	 */
	void stopDealing() {
		this.deals = false;
	}

	int size() {
		return this.lines.size();
	}

}
