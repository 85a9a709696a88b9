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

package io.prefork.launcher.listen;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;

import org.junit.jupiter.api.Test;

import io.prefork.contract.DispatchStrategy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkerChoice}.
 */
class WorkerChoiceTests {

	private static final DispatchStrategy LEAST = DispatchStrategy.LEAST_CONNECTIONS;

	private static final DispatchStrategy ROUND_ROBIN = DispatchStrategy.ROUND_ROBIN;

	@Test
	void whenLoadsDifferThenTheSmallestIsChosen() {
		assertThat(WorkerChoice.next(LEAST, List.of(load(5), load(3), load(4)), 0)).isEqualTo(1);
	}

	@Test
	void whenLoadsAreEqualThenWorkersTakeTurns() {
		assertThat(turns(LEAST, List.of(load(0), load(0), load(0)))).containsExactly(1, 2, 0, 1, 2, 0);
	}

	@Test
	void whenRoundRobinThenLoadDoesNotCount() {
		assertThat(turns(ROUND_ROBIN, List.of(load(50), load(0), load(7)))).containsExactly(1, 2, 0, 1, 2, 0);
	}

	@Test
	void whenWorkerIsNotAvailableThenItIsSkipped() {
		List<Load> loads = List.of(load(9), new Load(false, 0), load(9));

		assertThat(turns(LEAST, loads)).containsExactly(2, 0, 2, 0, 2, 0);
		assertThat(turns(ROUND_ROBIN, loads)).containsExactly(2, 0, 2, 0, 2, 0);
	}

	@Test
	void whenNobodyIsAvailableThenNobodyIsChosen() {
		assertThat(WorkerChoice.next(LEAST, List.of(new Load(false, 0)), 0)).isEqualTo(-1);
		assertThat(WorkerChoice.next(ROUND_ROBIN, List.of(new Load(false, 0)), 0)).isEqualTo(-1);
		assertThat(WorkerChoice.next(LEAST, List.of(), 3)).isEqualTo(-1);
		assertThat(WorkerChoice.next(ROUND_ROBIN, List.of(), 3)).isEqualTo(-1);
	}

	@Test
	void whenWorkerIsColdBesideWarmOneThenItGetsItsShare() {
		assertThat(WorkerChoice.next(LEAST, List.of(cold(1), load(4)), 1)).isEqualTo(1);
		assertThat(WorkerChoice.next(LEAST, List.of(cold(1), load(6)), 1)).isEqualTo(0);
		assertThat(turns(ROUND_ROBIN, List.of(cold(0), load(0)))).containsExactly(1, 1, 1, 1, 1, 0);
	}

	@Test
	void whenAllWorkersAreColdThenTheyAreAlike() {
		assertThat(WorkerChoice.next(LEAST, List.of(cold(1), new Load(true, 2, 0.8)), 1)).isEqualTo(0);
		assertThat(turns(ROUND_ROBIN, List.of(cold(0), new Load(true, 0, 0.8)))).containsExactly(1, 0, 1, 0, 1, 0);
	}

	@Test
	void whenOnlyTheColdWorkerIsAvailableThenItIsChosen() {
		List<Load> loads = List.of(cold(9), new Load(false, 0));

		assertThat(turns(LEAST, loads)).containsOnly(0);
		assertThat(turns(ROUND_ROBIN, loads)).containsOnly(0);
	}

	private static List<Integer> turns(DispatchStrategy strategy, List<Load> loads) {
		List<Integer> turns = new ArrayList<>();
		int last = 0;
		for (int i = 0; i < 6; i++) {
			last = WorkerChoice.next(strategy, loads, last);
			turns.add(last);
		}
		return turns;
	}

	private static Load load(long connections) {
		return new Load(true, connections);
	}

	private static Load cold(long connections) {
		return new Load(true, connections, 0.2);
	}

	/**
	 * A worker.
	 *
	 * @param isAvailable whether it takes connections
	 * @param connections how many it has
	 * @param share how many it should have for each one of a warm worker
	 * @param turns how much of its next turn it has
	 */
	private record Load(boolean isAvailable, long connections, double share,
			DoubleAdder turns) implements WorkerChoice.Load {

		private Load(boolean isAvailable, long connections) {
			this(isAvailable, connections, 1);
		}

		private Load(boolean isAvailable, long connections, double share) {
			this(isAvailable, connections, share, new DoubleAdder());
		}

		@Override
		public boolean isNext(double share) {
			this.turns.add(share);
			boolean next = this.turns.sum() >= 1;
			if (next) {
				this.turns.reset();
			}
			return next;
		}

	}

}
