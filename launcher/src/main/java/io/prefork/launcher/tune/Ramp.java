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

package io.prefork.launcher.tune;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Decides at which rates a service is measured: rising ones until it does not keep up,
 * and then between the last good one and that.
 */
final class Ramp {

	private static final List<Double> SHARES = List.of(0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1);

	private static final double FURTHER = 1.5;

	/**
	 * So close are the highest rate that is good and the lowest above it that is not.
	 */
	private static final double RESOLUTION = 1.06;

	private static final int MOST = 16;

	private final double estimate;

	/**
	 * Create a ramp.
	 * @param estimate about how many requests per second the service can serve
	 */
	Ramp(double estimate) {
		this.estimate = estimate;
	}

	/**
	 * Decide on the next rate.
	 * @param measured what was measured, in any order
	 * @param goal what is to be achieved
	 * @return requests per second; empty if enough is known
	 */
	OptionalDouble next(List<Measurement> measured, Goal goal) {
		if (measured.isEmpty()) {
			return OptionalDouble.of(SHARES.get(0) * this.estimate);
		}
		List<Measurement> rising = rising(measured);
		Duration limit = goal.limit(measured);
		if (measured.size() >= MOST) {
			return OptionalDouble.empty();
		}
		if (isOverloaded(rising, limit)) {
			return between(rising, limit);
		}
		if (measured.size() < SHARES.size()) {
			return OptionalDouble.of(SHARES.get(measured.size()) * this.estimate);
		}
		Measurement highest = rising.get(rising.size() - 1);
		return OptionalDouble.of(highest.isWithin(limit) ? FURTHER * highest.offered() : highest.offered());
	}

	static List<Measurement> rising(List<Measurement> measured) {
		return measured.stream().sorted(Comparator.comparingDouble(Measurement::offered)).toList();
	}

	/**
	 * Whether more makes no sense. What was too much once may have been a pause.
	 * @param rising what was measured
	 * @param limit the time in which requests are to be answered
	 * @return {@code true} if so
	 */
	private static boolean isOverloaded(List<Measurement> rising, Duration limit) {
		Measurement highest = rising.get(rising.size() - 1);
		if (highest.isWithin(limit)) {
			return false;
		}
		return highest.unfinished() > 0 || (rising.size() > 1 && !rising.get(rising.size() - 2).isWithin(limit));
	}

	private static OptionalDouble between(List<Measurement> rising, Duration limit) {
		int good = rising.size() - 1;
		while (good >= 0 && !rising.get(good).isWithin(limit)) {
			good--;
		}
		if (good < 0) {
			return OptionalDouble.empty();
		}
		double from = rising.get(good).offered();
		double to = rising.get(good + 1).offered();
		return (to / from > RESOLUTION) ? OptionalDouble.of((from + to) / 2) : OptionalDouble.empty();
	}

}
