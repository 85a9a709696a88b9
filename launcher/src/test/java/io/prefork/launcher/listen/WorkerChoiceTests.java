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

	/**
	 * A worker.
	 *
	 * @param isAvailable whether it takes connections
	 * @param connections how many it has
	 */
	private record Load(boolean isAvailable, long connections) implements WorkerChoice.Load {

	}

}
