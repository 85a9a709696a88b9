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

package io.prefork.sample.it.support;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a load run has counted so far.
 *
 * @param counts the number of requests per outcome; outcomes that never happened are
 * absent
 * @param perStatusClass the number of complete responses per class of status, such as 2
 * for 200 to 299
 * @param perBody the number of successful requests per response body (its first 64 bytes)
 * @param duration how long the run took, or has taken so far
 * @param failures descriptions of the first failures
 */
public record LoadResult(Map<Outcome, Long> counts, Map<Integer, Long> perStatusClass, Map<String, Long> perBody,
		Duration duration, List<String> failures) {

	public LoadResult {
		Map<Outcome, Long> sorted = new EnumMap<>(Outcome.class);
		sorted.putAll(counts);
		counts = sorted;
		perStatusClass = new TreeMap<>(perStatusClass);
		perBody = new TreeMap<>(perBody);
		failures = List.copyOf(failures);
	}

	public long count(Outcome outcome) {
		return this.counts.getOrDefault(outcome, 0L);
	}

	public long total() {
		return this.counts.values().stream().mapToLong(Long::longValue).sum();
	}

	public long ok() {
		return count(Outcome.OK);
	}

	/**
	 * Return the number of requests with any other outcome than {@link Outcome#OK}.
	 * @return the number of failed requests
	 */
	public long failed() {
		return total() - ok();
	}

	/**
	 * Return the number of requests that got no complete response.
	 * @return the number of lost requests
	 */
	public long lost() {
		return failed() - count(Outcome.HTTP_ERROR);
	}

	/**
	 * Return the number of complete responses with a status of that class.
	 * @param statusClass the first digit of the status
	 * @return the number of responses
	 */
	public long statusClass(int statusClass) {
		return this.perStatusClass.getOrDefault(statusClass, 0L);
	}

	/**
	 * Return the number of successful requests with that response.
	 * @param body the response body
	 * @return the number of requests
	 */
	public long body(String body) {
		return this.perBody.getOrDefault(body, 0L);
	}

	public double requestsPerSecond() {
		return total() * 1e9 / Math.max(1, this.duration.toNanos());
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%d requests in %.2f s (%.0f/s), %d failed, %s, per body %s%s", total(),
				this.duration.toNanos() / 1e9, requestsPerSecond(), failed(), this.counts, this.perBody,
				(this.failures.isEmpty() ? "" : ", first failures " + this.failures));
	}

}
