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

package io.prefork.launcher.supervisor;

import java.time.Duration;

/**
 * How long a worker may take.
 *
 * @param boot the longest time from the start of a process to ready
 * @param silence the silence after which a worker is replaced; zero for never
 * @param graceful the time to finish what is in flight
 * @param drainDelay the wait between "not ready" and "stop accepting"
 */
public record TimeLimits(Duration boot, Duration silence, Duration graceful, Duration drainDelay) {

	/**
	 * Time for a process to act on a signal before the next, stronger one.
	 */
	static final Duration SIGNAL_GRACE = Duration.ofSeconds(5);

	/**
	 * Time for the application context to close after a drain.
	 */
	static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

	/**
	 * How long idle connections may wait for one more request when the service stops:
	 * nobody is left whom their clients could turn to.
	 */
	static final Duration IDLE_GRACE_ON_STOP = Duration.ofSeconds(1);

	/**
	 * Time for workers to be heard again after the master did not run for a while.
	 */
	static final Duration HEARING_GRACE = Duration.ofSeconds(5);

	private static final int IDLE_SHARE_OF_BUDGET = 4;

	/**
	 * How long a drain may take before the worker is told by signals.
	 * @return the graceful time with what is around it
	 */
	public Duration drain() {
		return this.drainDelay.plus(this.graceful).plus(CLOSE_GRACE);
	}

	/**
	 * How long the service may take to stop: its workers have drained, or been killed.
	 * @return the time of a drain, and that for each signal after it
	 */
	public Duration stop() {
		return drain().plus(SIGNAL_GRACE.multipliedBy(2));
	}

	/**
	 * How long idle connections may wait for one more request when another worker has
	 * taken the place of theirs.
	 * @return most of the graceful time
	 */
	public Duration idleGraceOnReplacement() {
		return this.graceful.minus(this.graceful.dividedBy(IDLE_SHARE_OF_BUDGET));
	}

}
