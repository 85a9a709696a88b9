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

/**
 * What may have been measured.
 */
final class Measurements {

	private Measurements() {
	}

	/**
	 * A rate at which all was answered.
	 * @param rate requests per second
	 * @param p99 milliseconds
	 * @return the measurement
	 */
	static Measurement good(double rate, long p99) {
		return new Measurement(rate, rate, 0, 0, Duration.ofMillis(2), Duration.ofMillis(1), Duration.ofMillis(2),
				Duration.ofMillis(p99), Duration.ofMillis(2 * p99), 1, 300L << 20, 0.1, Duration.ZERO);
	}

	/**
	 * A rate at which a queue was left.
	 * @param rate requests per second
	 * @return the measurement
	 */
	static Measurement queue(double rate) {
		return new Measurement(rate, rate / 2, 0, 0, Duration.ofSeconds(5), Duration.ofSeconds(1),
				Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(5), 2, 300L << 20, 0.1, Duration.ZERO);
	}

	/**
	 * A rate at which requests had no answer.
	 * @param rate requests per second
	 * @return the measurement
	 */
	static Measurement unanswered(double rate) {
		return new Measurement(rate, rate / 2, 0, 10, Duration.ofSeconds(5), Duration.ofMillis(1), Duration.ofMillis(1),
				Duration.ofMillis(1), Duration.ofSeconds(5), 2, 300L << 20, 0.1, Duration.ZERO);
	}

}
