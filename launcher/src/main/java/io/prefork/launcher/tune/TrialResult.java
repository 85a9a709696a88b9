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
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What a candidate did.
 *
 * @param candidate the settings
 * @param boot how long the service took until all workers were ready
 * @param measurements what was measured, by rising rates
 * @param failure why it could not be measured; {@code null} if it could
 */
public record TrialResult(Candidate candidate, Duration boot, List<Measurement> measurements,
		@Nullable String failure) {

	public TrialResult {
		measurements = List.copyOf(measurements);
	}

	/**
	 * The highest rate at which the service kept up.
	 * @param goal what it is to achieve
	 * @return what was measured there; empty if it never did
	 */
	public Optional<Measurement> knee(Goal goal) {
		if (this.measurements.isEmpty()) {
			return Optional.empty();
		}
		Duration limit = goal.limit(this.measurements);
		return this.measurements.stream()
			.filter((measurement) -> measurement.isWithin(limit))
			.reduce((first, second) -> second);
	}

}
