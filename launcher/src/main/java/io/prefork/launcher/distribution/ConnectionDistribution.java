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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.Distribution;
import io.prefork.contract.Scoreboard;
import io.prefork.launcher.edge.ListenAddress;
import io.prefork.launcher.edge.WorkerSession;

/**
 * How connections reach the workers. Only the master loop uses it.
 */
public interface ConnectionDistribution extends AutoCloseable {

	/**
	 * What workers are told about it.
	 * @param address the address of a listener
	 * @return how its connections are distributed
	 */
	Distribution kind(ListenAddress address);

	/**
	 * A worker is about to be started.
	 * @param session the way to it
	 * @param line its line of the scoreboard
	 * @return its share of the connections, none so far
	 */
	WorkerShare join(WorkerSession session, Scoreboard.Line line);

	/**
	 * How long it takes until somebody may need another share, though nothing happens.
	 * @return the time until {@link #review()} is wanted; {@code null} for never
	 */
	default @Nullable Duration nextReview() {
		return null;
	}

	/**
	 * Look whether somebody needs another share.
	 */
	default void review() {
	}

	/**
	 * Leave it to the workers to serve what they have: the service stops.
	 */
	@Override
	default void close() {
	}

}
