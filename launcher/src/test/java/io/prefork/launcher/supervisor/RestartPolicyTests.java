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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RestartPolicy}.
 */
class RestartPolicyTests {

	@ParameterizedTest
	@CsvSource({ "1, 0", "2, 500", "3, 1000", "4, 2000", "5, 2500", "6, 2500", "100000, 2500" })
	void whenLossesRepeatThenDelayGrowsToItsCap(int failures, long millis) {
		RestartPolicy policy = new RestartPolicy(Duration.ofMillis(500), 2, Duration.ofMillis(2500), 0,
				Duration.ofMinutes(1), Duration.ofMinutes(5));

		Duration delay = policy.delay(failures, 1);

		assertThat(delay).isEqualTo(Duration.ofMillis(millis));
	}

	@Test
	void whenThereIsNoDelayThenItDoesNotGrow() {
		RestartPolicy policy = new RestartPolicy(Duration.ZERO, 2, Duration.ofMinutes(1), 0.2, Duration.ofMinutes(1),
				Duration.ofMinutes(5));

		Duration delay = policy.delay(5000, 1);

		assertThat(delay).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "1, 0.5, 0", "2, 0, 500", "2, 0.5, 550", "2, 1, 600", "100000, 0.5, 2750" })
	void whenThereIsJitterThenDelayIsRaisedByItsShare(int failures, double fraction, long millis) {
		RestartPolicy policy = new RestartPolicy(Duration.ofMillis(500), 2, Duration.ofMillis(2500), 0.2,
				Duration.ofMinutes(1), Duration.ofMinutes(5));

		Duration delay = policy.delay(failures, fraction);

		assertThat(delay).isEqualTo(Duration.ofMillis(millis));
	}

}
