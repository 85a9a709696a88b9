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
 * @param maxDelay the longest delay
 * @param resetAfter the time of good service after which losses are forgotten
 */
public record RestartPolicy(Duration initialDelay, double multiplier, Duration maxDelay, Duration resetAfter) {

	Duration delay(int failures) {
		if (failures <= 1) {
			return Duration.ZERO;
		}
		double factor = Math.min(Math.pow(this.multiplier, failures - 2), Double.MAX_VALUE);
		double millis = this.initialDelay.toMillis() * factor;
		return (millis < this.maxDelay.toMillis()) ? Duration.ofMillis((long) millis) : this.maxDelay;
	}

}
