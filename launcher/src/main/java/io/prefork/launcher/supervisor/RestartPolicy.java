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
 * How long a slot waits for its next worker: nothing after the first loss, then a delay
 * that grows with each further one.
 *
 * @param initialDelay the delay after the second loss
 * @param multiplier the factor from one delay to the next, at least 1
 * @param maxDelay the longest delay, before jitter
 * @param jitter the share of a delay by which it is raised at most, at random
 * @param resetAfter the time of good service after which losses are forgotten
 * @param giveUpAfter the time without any ready worker after which the master gives up
 */
public record RestartPolicy(Duration initialDelay, double multiplier, Duration maxDelay, double jitter,
		Duration resetAfter, Duration giveUpAfter) {

	/**
	 * The delay after a loss.
	 * @param failures how many losses there were
	 * @param fraction the share of the jitter, from 0 to 1
	 * @return the delay
	 */
	Duration delay(int failures, double fraction) {
		if (failures <= 1) {
			return Duration.ZERO;
		}
		double factor = Math.min(Math.pow(this.multiplier, failures - 2), Double.MAX_VALUE);
		double millis = Math.min(this.initialDelay.toMillis() * factor, (double) this.maxDelay.toMillis());
		return Duration.ofMillis((long) (millis * (1 + this.jitter * fraction)));
	}

}
