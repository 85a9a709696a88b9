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

import io.prefork.contract.Distribution;
import io.prefork.contract.Scoreboard;
import io.prefork.launcher.edge.ConnectionTargets;
import io.prefork.launcher.edge.ListenAddress;
import io.prefork.launcher.edge.WorkerSession;

/**
 * The master accepts and passes each connection to a worker.
 */
public final class DispatchDistribution implements ConnectionDistribution {

	private final ConnectionTargets targets;

	/**
	 * Create a distribution.
	 * @param targets those who get the connections that are accepted
	 */
	public DispatchDistribution(ConnectionTargets targets) {
		this.targets = targets;
	}

	@Override
	public Distribution kind(ListenAddress address) {
		return Distribution.DISPATCH;
	}

	@Override
	public WorkerShare join(WorkerSession session, Scoreboard.Line line) {
		return new WorkerShare() {

			@Override
			public void accepting(int slot) {
				DispatchDistribution.this.targets.add(session, line);
			}

			@Override
			public void stopDispatch() {
				DispatchDistribution.this.targets.end(session);
			}

			@Override
			public void gone() {
				DispatchDistribution.this.targets.remove(session);
			}

		};
	}

}
