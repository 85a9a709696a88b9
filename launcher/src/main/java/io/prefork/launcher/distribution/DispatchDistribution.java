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

package io.prefork.launcher.distribution;

import java.util.function.Consumer;

import io.prefork.launcher.control.ControlServer;
import io.prefork.launcher.listen.Dispatcher;
import io.prefork.launcher.listen.Feed;
import io.prefork.launcher.listen.ListenAddress;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.Distribution;
import io.prefork.protocol.Scoreboard;

/**
 * The master accepts and passes each connection to a worker of its choice.
 */
public final class DispatchDistribution implements ConnectionDistribution {

	private final Dispatcher<WorkerId> dispatcher;

	private final ControlServer control;

	private final WorkerLines lines;

	/**
	 * Create a distribution.
	 * @param dispatcher accepts
	 * @param control the way to the workers
	 * @param lines how many connections they have
	 */
	public DispatchDistribution(Dispatcher<WorkerId> dispatcher, ControlServer control, WorkerLines lines) {
		this.dispatcher = dispatcher;
		this.control = control;
		this.lines = lines;
	}

	@Override
	public Distribution kind(ListenAddress address) {
		return Distribution.DISPATCH;
	}

	@Override
	public void accepting(WorkerId id, int slot) {
		Scoreboard.Line line = this.lines.find(id);
		if (line != null) {
			this.dispatcher.add(id, feed(id), line);
		}
	}

	@Override
	public void enough(WorkerId id) {
		this.dispatcher.end(id);
	}

	@Override
	public void gone(WorkerId id) {
		this.dispatcher.remove(id);
	}

	private Feed feed(WorkerId id) {
		return new Feed() {

			@Override
			public void send(int descriptor, Consumer<Boolean> sent) {
				DispatchDistribution.this.control.sendConnection(id, descriptor, sent);
			}

			@Override
			public void end() {
				DispatchDistribution.this.control.endConnections(id);
			}

		};
	}

}
