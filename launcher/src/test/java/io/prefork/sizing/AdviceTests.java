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

package io.prefork.sizing;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.prefork.sizing.Advice.Limit;
import io.prefork.sizing.Advice.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Advice}, {@link Demand} and {@link Supply}.
 */
class AdviceTests {

	private static final long GIB = 1L << 30;

	@Test
	void whenRequestsWaitMostOfTheTimeThenTheirConcurrencyDecides() {
		Advice advice = Advice.of(demand(3000, 50, 400, null), new Supply(8, 16 * GIB, GIB / 4));

		assertThat(advice.steps()).contains(new Step("requests in progress", "3000/s x 50 ms (Little's law)", "150"),
				new Step("workers", "150 / 400 in progress per worker", "0.375"),
				new Step("with head-room",
						"0.375 x 1.25 = 0.469, rounded up, and one more that may be dead or replaced",
						"1 to 2 workers"));
		assertThat(advice.least()).isOne();
		assertThat(advice.most()).isEqualTo(2);
		assertThat(advice.workers()).isEqualTo(2);
		assertThat(advice.limit()).isEqualTo(Limit.CONCURRENCY);
	}

	@Test
	void whenRequestsAreBoundByTheCpuThenTheCpusDecide() {
		Advice advice = Advice.of(demand(50, 100, 1, 100L), new Supply(8, 16 * GIB, GIB / 4));

		assertThat(advice.least()).isEqualTo(8);
		assertThat(advice.most()).isEqualTo(12);
		assertThat(advice.workers()).isEqualTo(8);
		assertThat(advice.limit()).isEqualTo(Limit.CPU);
		assertThat(advice.steps()).contains(new Step("CPUs busy", "50/s x 100 ms of CPU, of 8", "5"));
	}

	@Test
	void whenTheCpusDoNotSufficeThenItSaysWhatTheyAreGoodFor() {
		Advice advice = Advice.of(demand(100, 100, 1, 100L), new Supply(8, 16 * GIB, GIB / 4));

		assertThat(advice.limit()).isEqualTo(Limit.CPU);
		assertThat(advice.steps())
			.contains(new Step("the CPUs don't suffice", "8 CPUs / 100 ms of CPU / 1.25", "64 requests/s at the most"));
	}

	@Test
	void whenMemoryIsShortThenItDecides() {
		Advice advice = Advice.of(demand(10_000, 100, 100, null), new Supply(8, GIB, GIB / 4));

		assertThat(advice.least()).isEqualTo(13);
		assertThat(advice.workers()).isEqualTo(4);
		assertThat(advice.limit()).isEqualTo(Limit.MEMORY);
	}

	@Test
	void whenThereIsNoRoomForOneThenThereIsOneAllTheSame() {
		assertThat(Advice.of(demand(1, 1, 1, null), new Supply(1, GIB / 8, GIB / 4)).workers()).isOne();
	}

	@Test
	void whenRulesOfThumbAreAskedForThenTheyCountCpus() {
		assertThat(Advice.of(demand(1, 1, 1, null), new Supply(4, GIB, 1)).rules()).extracting(Step::result)
			.containsExactly("9 workers", "4 workers");
	}

	@Test
	void whenFiguresMakeNoSenseThenTheyAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> demand(0, 1, 1, null));
		assertThatIllegalArgumentException().isThrownBy(() -> demand(Double.NaN, 1, 1, null));
		assertThatIllegalArgumentException().isThrownBy(() -> demand(1, 0, 1, null));
		assertThatIllegalArgumentException().isThrownBy(() -> demand(1, 1, 0, null));
		assertThatIllegalArgumentException().isThrownBy(() -> demand(1, 10, 1, 11L));
		assertThatIllegalArgumentException().isThrownBy(() -> new Demand(1, Duration.ofMillis(1), 1, -0.1, null));
		assertThatIllegalArgumentException().isThrownBy(() -> new Supply(0, 1, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new Supply(1, 0, 1));
	}

	private static Demand demand(double requestsPerSecond, long serviceMs, int concurrency, @Nullable Long cpuMs) {
		return new Demand(requestsPerSecond, Duration.ofMillis(serviceMs), concurrency, 0.25,
				(cpuMs != null) ? Duration.ofMillis(cpuMs) : null);
	}

}
