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

package io.prefork.launcher.distribution;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.prefork.launcher.distribution.SocketCoverage.Server;
import io.prefork.launcher.supervisor.Place;
import io.prefork.launcher.supervisor.WorkerId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketCoverage}.
 */
class SocketCoverageTests {

	@Test
	void whenAllAreWellThenEachServesItsOwnSocket() {
		assertThat(assign(3, List.of(well(0), well(2), well(1)))).isEqualTo(Map.of(0, "0", 1, "1", 2, "2"));
	}

	@Test
	void whenSlotsHaveNoWorkerThenTheirSocketsAreSharedOut() {
		assertThat(assign(4, List.of(well(0), well(1)))).isEqualTo(Map.of(0, "0", 1, "1", 2, "0", 3, "1"));
	}

	@Test
	void whenWorkerIsNotWellThenNeighbourServesItsSocket() {
		assertThat(assign(2, List.of(well(0), ill(1)))).isEqualTo(Map.of(0, "0", 1, "0"));
	}

	@Test
	void whenNobodyIsWellThenEachServesItsOwnSocket() {
		assertThat(assign(2, List.of(ill(0), ill(1)))).isEqualTo(Map.of(0, "0", 1, "1"));
	}

	@Test
	void whenSlotHasTwoWorkersThenTheNewOneServes() {
		Server<WorkerId> old = well(0);
		Server<WorkerId> replacement = new Server<>(new WorkerId(0, 2), 0, true);

		assertThat(SocketCoverage.assign(List.of(0), List.of(old, replacement))).containsEntry(0, replacement.worker());
	}

	@Test
	void whenSpareHasTakenOverThenItServesTheSocketOfTheSlot() {
		Server<WorkerId> spare = new Server<>(new WorkerId(new Place.OnBench(0), 1), 1, true);

		assertThat(SocketCoverage.assign(List.of(0, 1), List.of(well(0), spare))).containsEntry(1, spare.worker());
	}

	@Test
	void whenNobodyAcceptsThenNobodyServes() {
		assertThat(assign(2, List.of())).isEmpty();
	}

	private static Map<Integer, String> assign(int sockets, List<Server<WorkerId>> servers) {
		List<Integer> numbers = IntStream.range(0, sockets).boxed().toList();
		return SocketCoverage.assign(numbers, servers)
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(owner) -> Integer.toString(owner.getValue().place().number())));
	}

	private static Server<WorkerId> well(int slot) {
		return new Server<>(new WorkerId(slot, 1), slot, true);
	}

	private static Server<WorkerId> ill(int slot) {
		return new Server<>(new WorkerId(slot, 1), slot, false);
	}

}
