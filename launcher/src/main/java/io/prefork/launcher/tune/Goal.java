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

import org.jspecify.annotations.Nullable;

/**
 * What the settings are to achieve.
 *
 * @param p99 the time in which 99 of 100 requests are to be answered; {@code null} for
 * what follows from the service itself: {@value #FACTOR} times what it is under little
 * load
 * @param memory how many bytes all workers together may take; {@code null} for any number
 */
public record Goal(@Nullable Duration p99, @Nullable Long memory) {

	private static final int FACTOR = 5;

	/**
	 * What a quick answer may wait for another process, on a machine that has more to do.
	 */
	private static final Duration FLOOR = Duration.ofMillis(20);

	/**
	 * The time in which 99 of 100 requests are to be answered.
	 * @param measured what was measured, at one rate at least
	 * @return the limit
	 */
	public Duration limit(List<Measurement> measured) {
		// The best of them, for a pause may fall into any.
		return (this.p99 != null) ? this.p99
				: measured.stream()
					.map(Measurement::p99)
					.min(Duration::compareTo)
					.orElseThrow()
					.multipliedBy(FACTOR)
					.plus(FLOOR);
	}

}
