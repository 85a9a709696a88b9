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

package io.prefork.sizing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a service has to do.
 *
 * @param requestsPerSecond how many requests come in a second, at the peak
 * @param serviceTime how long one is in progress, on average
 * @param concurrency how many a worker can have in progress before they slow each other
 * down
 * @param headroom what is left free at the peak, as a share of what is needed: 0.25 is a
 * quarter more
 * @param cpuTime the CPU time that one takes; {@code null} if it is not known
 */
public record Demand(double requestsPerSecond, Duration serviceTime, int concurrency, double headroom,
		@Nullable Duration cpuTime) {

	/**
	 * Work is bound by the CPU when it uses it for most of its time.
	 */
	private static final double MOST = 0.5;

	public Demand {
		if (!(requestsPerSecond > 0)) {
			throw new IllegalArgumentException("The requests per second must be more than 0");
		}
		if (serviceTime.isNegative() || serviceTime.isZero()) {
			throw new IllegalArgumentException("The service time must be more than 0");
		}
		if (concurrency < 1) {
			throw new IllegalArgumentException("The concurrency of a worker must be at least 1");
		}
		if (!(headroom >= 0)) {
			throw new IllegalArgumentException("The head-room must not be negative");
		}
		if (cpuTime != null && (cpuTime.isNegative() || cpuTime.compareTo(serviceTime) > 0)) {
			throw new IllegalArgumentException("A request can't use more CPU time than its service time");
		}
	}

	/**
	 * How many requests are in progress at once: Little's law, see John D. C. Little, "A
	 * Proof for the Queuing Formula: L = lambda W" (1961).
	 * @return the mean number
	 */
	double inProgress() {
		return this.requestsPerSecond * seconds(this.serviceTime);
	}

	/**
	 * How many CPUs are busy with it.
	 * @param each the CPU time that one takes
	 * @return the mean number
	 */
	double cpus(Duration each) {
		return this.requestsPerSecond * seconds(each);
	}

	boolean isCpuBound(Duration each) {
		return seconds(each) >= MOST * seconds(this.serviceTime);
	}

	static double seconds(Duration duration) {
		return duration.toNanos() / 1e9;
	}

}
