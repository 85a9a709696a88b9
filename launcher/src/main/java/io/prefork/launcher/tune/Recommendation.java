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

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the results say.
 *
 * @param best the candidate to use
 * @param knee what was measured at the highest rate at which it kept up
 * @param reserved whether the load generator was the limit of a candidate, so that one
 * may be better than it seems
 */
public record Recommendation(Candidate best, Measurement knee, boolean reserved) {

	/**
	 * Less is noise, and not worth another process.
	 */
	private static final double GAIN = 1.1;

	/**
	 * Choose the candidate that needs least of those that serve about as much as any.
	 * @param results the results
	 * @return the recommendation; empty if no candidate achieves the goal
	 */
	public static Optional<Recommendation> of(Results results) {
		double most = results.trials().stream().mapToDouble(results::capacity).max().orElse(0);
		Goal goal = results.plan().goal();
		return results.trials()
			.stream()
			.filter((trial) -> results.capacity(trial) > 0 && !isWorthIt(most, results.capacity(trial)))
			.min(Comparator.<TrialResult>comparingInt((trial) -> trial.candidate().workers())
				.thenComparing((trial) -> -results.capacity(trial)))
			.map((trial) -> new Recommendation(trial.candidate(), trial.knee(goal).orElseThrow(), isReserved(results)));
	}

	static boolean isWorthIt(double capacity, double less) {
		return capacity > GAIN * less;
	}

	private static boolean isReserved(Results results) {
		return results.trials()
			.stream()
			.map(TrialResult::measurements)
			.flatMap(List::stream)
			.anyMatch(Measurement::isLimitedByGenerator);
	}

}
