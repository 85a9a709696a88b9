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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters that all clients of one load run share.
 */
final class LoadRecorder {

	private static final int MAX_BODIES = 1000;

	private static final int MAX_FAILURES = 10;

	private final long startedAt = System.nanoTime();

	private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

	private final Map<Integer, LongAdder> perStatusClass = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> perBody = new ConcurrentHashMap<>();

	private final List<String> failures = new ArrayList<>();

	LoadRecorder() {
		for (Outcome outcome : Outcome.values()) {
			this.counts.put(outcome, new LongAdder());
		}
	}

	long startedAt() {
		return this.startedAt;
	}

	void status(int status) {
		this.perStatusClass.computeIfAbsent(status / 100, (key) -> new LongAdder()).increment();
	}

	void ok() {
		increment(Outcome.OK);
	}

	void failure(Outcome outcome, String description) {
		increment(outcome);
		synchronized (this.failures) {
			if (this.failures.size() < MAX_FAILURES) {
				this.failures.add(String.format(Locale.ROOT, "+%.3f s %s: %s",
						(System.nanoTime() - this.startedAt) / 1e9, outcome, description));
			}
		}
	}

	/**
	 * Return the counter of a response body, so that a client may keep it.
	 * @param body the text of the body
	 * @return its counter, which it shares with all others once there are too many
	 */
	LongAdder body(String body) {
		boolean full = this.perBody.size() >= MAX_BODIES && !this.perBody.containsKey(body);
		return this.perBody.computeIfAbsent((full ? "(others)" : body), (key) -> new LongAdder());
	}

	LoadResult snapshot(long endedAt) {
		Map<Outcome, Long> counted = new EnumMap<>(Outcome.class);
		this.counts.forEach((outcome, count) -> {
			if (count.sum() > 0) {
				counted.put(outcome, count.sum());
			}
		});
		Map<String, Long> bodies = new HashMap<>();
		this.perBody.forEach((body, count) -> bodies.put(body, count.sum()));
		Map<Integer, Long> statuses = new HashMap<>();
		this.perStatusClass.forEach((statusClass, count) -> statuses.put(statusClass, count.sum()));
		synchronized (this.failures) {
			return new LoadResult(counted, statuses, bodies, Duration.ofNanos(endedAt - this.startedAt), this.failures);
		}
	}

	private void increment(Outcome outcome) {
		LongAdder count = this.counts.get(outcome);
		if (count != null) {
			count.increment();
		}
	}

}
