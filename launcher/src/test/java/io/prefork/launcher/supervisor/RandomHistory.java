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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A history of a master and its workers, made up from a seed: some happenings in
 * disorder, then a quiet time in which every worker behaves, then the end. A history
 * without some of its happenings is still a history.
 *
 * @param seed the seed
 * @param happenings what happens in the time of disorder
 */
record RandomHistory(long seed, List<Happening> happenings) {

	RandomHistory {
		happenings = List.copyOf(happenings);
	}

	static RandomHistory ofSeed(long seed) {
		Random random = new Random(seed);
		List<Happening> happenings = new ArrayList<>();
		int length = random.nextInt(80);
		// A stop would end most histories early.
		boolean stops = random.nextInt(4) == 0;
		while (happenings.size() < length) {
			Happening.Kind kind = Happening.Kind.values()[random.nextInt(Happening.Kind.values().length)];
			if (stops || !kind.stops()) {
				happenings.add(new Happening(kind, random.nextInt(1000), Duration.ofMillis(random.nextInt(500))));
			}
		}
		return new RandomHistory(seed, happenings);
	}

	static SupervisorSettings settings(int workers) {
		return new SupervisorSettings(workers, Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(1),
				new RestartPolicy(Duration.ofMillis(500), 2, Duration.ofSeconds(8), Duration.ofSeconds(15)));
	}

	RandomHistory with(List<Happening> fewer) {
		return new RandomHistory(this.seed, fewer);
	}

	/**
	 * Let it all happen.
	 * @return the world in the end
	 * @throws AssertionError if the supervisor does what it must not
	 */
	World run() {
		World world = new World(settings(1 + (int) (this.seed % 4)));
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
			throw new AssertionError("%s%n%s".formatted(ex.getMessage(), String.join("\n", world.trace())), ex);
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

		/**
		 * What can happen.
		 */
		enum Kind {

			READY, READY_AGAIN, LEAVE, LEAVE_LATE, CRASH, CRASH_LATE, LISTEN_FAILS, OBEY, DEADLINE, DEADLINE_LOST,
			DEADLINE_EARLY, STOP, QUICK_STOP;

			boolean stops() {
				return this == STOP || this == QUICK_STOP;
			}

		}

	}

}
