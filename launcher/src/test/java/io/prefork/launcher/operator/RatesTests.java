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

package io.prefork.launcher.operator;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.prefork.launcher.operator.Rates.Rate;
import io.prefork.status.ServiceStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Rates}.
 */
class RatesTests {

	@Test
	void whenWorkerHasDoneMoreThenThatIsDividedByTheTimeItTook() {
		ServiceStatus before = Services.of(Services.worker(0, Services.NOW, 1000, Duration.ofSeconds(10)));
		ServiceStatus after = Services.of(
				Services.worker(0, Services.NOW.plusMillis(500), 1200, Duration.ofSeconds(11)),
				Services.worker(1, Services.NOW, 5000, Duration.ofSeconds(3)));

		Rates rates = Rates.between(before, after, Duration.ofSeconds(2));

		assertThat(rates.workers()).containsOnlyKeys(4711L);
		assertThat(rates.total()).isEqualTo(new Rate(400, 40, 0.5));
	}

	@Test
	void whenWorkerHasToldNothingNewThenItsRateIsNotKnown() {
		ServiceStatus service = Services.of(Services.worker(0, Services.NOW, 1000, Duration.ofSeconds(10)));

		assertThat(Rates.between(service, service, Duration.ofSeconds(1)).total()).isEqualTo(Rate.ZERO);
		assertThat(Rates.between(service, service, Duration.ZERO).total()).isEqualTo(Rate.ZERO);
	}

}
