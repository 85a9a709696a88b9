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

package io.prefork.launcher.load;

import java.time.Duration;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What came of a load.
 *
 * @param offered how many requests were due in a second
 * @param served how many were answered in a second, as long as it lasted
 * @param errors how many failed: without an answer, or with a status of 400 or more
 * @param failure what the first of these was; {@code null} if there was none
 * @param unfinished how many had no answer at the end of the patience
 * @param behind how long after the end of the load the last answer came
 * @param latencies from the time at which each was due to its answer, in nanoseconds;
 * those that had none until then have the time that they have waited
 * @param lateness how much later than they were due requests were noticed by the
 * generator itself, in nanoseconds
 * @param generatorCpu how many CPUs the generator was busy with, of which it can use one
 */
public record LoadResult(double offered, double served, long errors, @Nullable String failure, long unfinished,
		Duration behind, Histogram latencies, Histogram lateness, double generatorCpu) {

	/**
	 * A percentile of the latencies.
	 * @param percentile such as 99
	 * @return the latency that is not exceeded by so many in a hundred
	 */
	public Duration latency(double percentile) {
		return Duration.ofNanos(this.latencies.getValueAtPercentile(percentile));
	}

}
