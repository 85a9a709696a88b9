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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link Ramp}.
 */
class RampTests {

	private static final Goal GOAL = new Goal(null, null);

	@Test
	void whenServiceKeepsUpThenRatesRiseBeyondTheEstimate() {
		List<Measurement> measured = climb(100,
				(rate) -> (rate <= 150) ? Measurements.good(rate, 3) : Measurements.queue(rate));

		assertThat(measured.stream().map(Measurement::offered)).startsWith(20.0, 40.0, 60.0, 70.0, 80.0, 90.0, 100.0);
		assertThat(new TrialResult(new Candidate(1, Map.of()), Duration.ZERO, measured, null).knee(GOAL))
			.hasValueSatisfying((knee) -> assertThat(knee.offered()).isCloseTo(150, within(10.0)));
	}

	@Test
	void whenServiceDoesNotKeepUpTwiceThenTheKneeIsLookedForBelow() {
		List<Measurement> measured = climb(100,
				(rate) -> (rate <= 52) ? Measurements.good(rate, 3) : Measurements.queue(rate));

		assertThat(measured.stream().map(Measurement::offered)).containsExactly(20.0, 40.0, 60.0, 70.0, 50.0, 55.0,
				52.5);
	}

	@Test
	void whenRequestsHaveNoAnswerThenNoHigherRateIsTried() {
		List<Measurement> measured = climb(100,
				(rate) -> (rate <= 50) ? Measurements.good(rate, 3) : Measurements.unanswered(rate));

		assertThat(measured.stream().mapToDouble(Measurement::offered).max()).hasValue(60);
	}

	@Test
	void whenThereIsOnePauseThenItGoesOn() {
		List<Measurement> measured = climb(100,
				(rate) -> (rate != 60 && rate <= 100) ? Measurements.good(rate, 3) : Measurements.queue(rate));

		assertThat(measured.stream().map(Measurement::offered)).contains(90.0, 100.0);
	}

	@Test
	void whenServiceNeverKeepsUpThenItEnds() {
		assertThat(climb(100, Measurements::queue)).hasSizeLessThan(4);
	}

	private static List<Measurement> climb(double estimate, DoubleFunction<Measurement> service) {
		Ramp ramp = new Ramp(estimate);
		List<Measurement> measured = new ArrayList<>();
		OptionalDouble rate = ramp.next(measured, new Goal(Duration.ofMillis(50), null));
		while (rate.isPresent()) {
			measured.add(service.apply(rate.getAsDouble()));
			rate = ramp.next(measured, new Goal(Duration.ofMillis(50), null));
		}
		return measured;
	}

}
