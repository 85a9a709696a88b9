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
import io.prefork.launcher.edge.ListenAddress;
import io.prefork.launcher.edge.WorkerSession;

/**
 * All workers accept from one socket; they share the connections among themselves.
 */
public final class SharedDistribution implements ConnectionDistribution {

	private static final WorkerShare NOTHING_TO_DO = new WorkerShare() {
	};

	@Override
	public Distribution kind(ListenAddress address) {
		return Distribution.SHARED;
	}

	@Override
	public WorkerShare join(WorkerSession session, Scoreboard.Line line) {
		return NOTHING_TO_DO;
	}

}
