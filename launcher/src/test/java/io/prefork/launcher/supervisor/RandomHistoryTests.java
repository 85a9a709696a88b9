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

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.prefork.launcher.supervisor.RandomHistory.Happening;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor} with made-up histories, see {@link World} and
 * {@link Invariants}. A failure names its seed; {@code -Dprefork.seed=N} repeats it.
 */
class RandomHistoryTests {

	private static final int HISTORIES = 10_000;

	private static final int CALM_HISTORIES = 3000;

	@Test
	void whenAnythingHappensThenInvariantsHold() {
		LongStream seeds = seeds(HISTORIES);

		seeds.forEach((seed) -> check(RandomHistory.ofSeed(seed)));
	}

	@Test
	void whenAllWorkIsPlannedThenEnoughSlotsAreReady() {
		LongStream seeds = seeds(CALM_HISTORIES);

		seeds.forEach((seed) -> check(RandomHistory.calmOfSeed(seed)));
	}

	@Test
	void whenHistoryRepeatsThenTraceIsTheSame() {
		List<Long> seeds = LongStream.range(0, 200).boxed().toList();

		assertThat(seeds).allSatisfy((seed) -> assertThat(RandomHistory.ofSeed(seed).run().trace())
			.isEqualTo(RandomHistory.ofSeed(seed).run().trace()));
	}

	@Test
	void whenHistoryFailsThenOnlyWhatMattersIsLeft() {
		List<Integer> history = IntStream.range(0, 100).boxed().toList();

		List<Integer> shrunk = Shrinking.shrink(history, (fewer) -> fewer.contains(17) && fewer.contains(71));

		assertThat(shrunk).containsExactly(17, 71);
	}

	private static LongStream seeds(int count) {
		Long only = Long.getLong("prefork.seed");
		return (only != null) ? LongStream.of(only) : LongStream.range(0, count);
	}

	private static void check(RandomHistory history) {
		if (failure(history) != null) {
			List<Happening> few = Shrinking.shrink(history.happenings(),
					(fewer) -> failure(history.with(fewer)) != null);
			throw new AssertionError("%sseed %d fails with %s:%n%s".formatted(history.calm() ? "calm " : "",
					history.seed(), few, String.valueOf(failure(history.with(few)))));
		}
	}

	private static @Nullable String failure(RandomHistory history) {
		try {
			history.run();
			return null;
		}
		catch (AssertionError ex) {
			return ex.getMessage();
		}
	}

}
