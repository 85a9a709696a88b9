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
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A history of a master and its workers, made up from a seed: some happenings in
 * disorder, then a quiet time in which every worker behaves, then the end. A history
 * without some of its happenings is still a history. In a calm history nothing happens
 * that nobody planned.
 *
 * @param seed the seed
 * @param calm whether it is a calm history
 * @param settings the settings of the first generation, see {@link SettingsText}
 * @param happenings what happens in the time of disorder
 */
record RandomHistory(long seed, boolean calm, String settings, List<Happening> happenings) {

	private static final int LONGEST = 80;

	RandomHistory {
		happenings = List.copyOf(happenings);
	}

	static RandomHistory ofSeed(long seed) {
		return of(seed, false);
	}

	static RandomHistory calmOfSeed(long seed) {
		return of(seed, true);
	}

	private static RandomHistory of(long seed, boolean calm) {
		Random random = new Random(seed);
		String settings = RandomSettings.first(random, calm);
		int length = random.nextInt(LONGEST);
		// Either would hide the rest of most histories.
		boolean stops = random.nextInt(4) == 0;
		boolean pauses = random.nextInt(4) == 0;
		List<Kind> kinds = Stream.of(Kind.values())
			.filter((kind) -> calm ? kind.calm : (stops || !kind.stops()) && (pauses || kind != Kind.PAUSE))
			.flatMap((kind) -> Collections.nCopies(kind.weight, kind).stream())
			.toList();
		List<Happening> happenings = Stream
			.generate(() -> new Happening(kinds.get(random.nextInt(kinds.size())), random.nextInt(1000),
					Duration.ofMillis(random.nextInt(500))))
			.limit(length)
			.toList();
		return new RandomHistory(seed, calm, settings, happenings);
	}

	RandomHistory with(List<Happening> fewer) {
		return new RandomHistory(this.seed, this.calm, this.settings, fewer);
	}

	/**
	 * Let it all happen.
	 * @return the world in the end
	 * @throws AssertionError if the supervisor does what it must not
	 */
	World run() {
		World world = new World(this.settings, this.calm);
		try {
			world.begin();
			for (Happening happening : this.happenings) {
				world.happen(happening);
			}
			world.settle();
			world.end(this.seed % 3 == 0);
			return world;
		}
		catch (AssertionError ex) {
			throw new AssertionError(
					"%s%nsettings %s%n%s".formatted(ex.getMessage(), this.settings, String.join("\n", world.trace())),
					ex);
		}
	}

	/**
	 * Something that happens. What it happens to is looked up when it happens, so that
	 * others can be left out.
	 *
	 * @param kind what happens
	 * @param pick chooses one of those to which it may happen
	 * @param after the time since the last happening
	 */
	record Happening(Kind kind, int pick, Duration after) {

	}

	/**
	 * What can happen, how often, and whether it may happen in a calm history.
	 */
	enum Kind {

		READY(6, true), READY_AGAIN(1, true), READY_BUT_FAILING(1, false), LEAVE(1, false), LEAVE_LATE(1, false),
		LOSE_CONTROL(1, false), HEAR(3, true), HEAR_SILENT(1, false), HEAR_LARGE(2, true), HEAR_BUSY(1, true),
		HEAR_ERRORS(1, true), CRASH(1, false), OUT_OF_MEMORY(1, false), CRASH_LATE(1, false), LISTEN_FAILS(1, false),
		OBEY(4, true), DEADLINE(3, true), DEADLINE_LOST(1, false), DEADLINE_EARLY(1, true), DELAY(1, false),
		SCALE_BY(1, true), SCALE_TO(1, true), RECYCLE(2, true), RELOAD(1, true), PREPARE(4, true), REFUSE(1, true),
		PREPARE_LATE(1, true), PAUSE(1, false), HAND_OVER(1, false), STOP(1, false), QUICK_STOP(1, false);

		private final int weight;

		private final boolean calm;

		Kind(int weight, boolean calm) {
			this.weight = weight;
			this.calm = calm;
		}

		boolean stops() {
			return this == HAND_OVER || this == STOP || this == QUICK_STOP;
		}

	}

}
