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
import java.util.stream.IntStream;

/**
 * The seats for workers. Immutable.
 *
 * @param target how many workers there should be: the first so many slots
 * @param slots all slots that were ever wanted, in order
 * @param bench the seats of spares
 * @param roles who does what only one worker may do
 */
public record Seating(int target, List<Slot> slots, List<Slot> bench, Roles roles) {

	public Seating {
		slots = List.copyOf(slots);
		bench = List.copyOf(bench);
	}

	static Seating of(int target) {
		return new Seating(target,
				IntStream.range(0, target).mapToObj((number) -> Slot.empty(new Place.InSlot(number))).toList(),
				List.of(), Roles.NONE);
	}

	Seating with(Slot slot) {
		boolean inSlot = slot.place() instanceof Place.InSlot;
		List<Slot> seats = new ArrayList<>(inSlot ? this.slots : this.bench);
		seats.set(slot.number(), slot);
		return inSlot ? new Seating(this.target, seats, this.bench, this.roles)
				: new Seating(this.target, this.slots, seats, this.roles);
	}

	/**
	 * The same with a number of wanted slots; a worker is due in those that have none.
	 * @param target how many
	 * @param now the time
	 * @return the seats
	 */
	Seating target(int target, Duration now) {
		List<Slot> slots = new ArrayList<>(this.slots);
		while (slots.size() < target) {
			slots.add(Slot.empty(new Place.InSlot(slots.size())));
		}
		slots.subList(0, target)
			.replaceAll((slot) -> (!slot.isManned() && slot.restartAt() == null) ? slot.restart(0, now) : slot);
		return new Seating(target, slots, this.bench, this.roles);
	}

	/**
	 * The same with room for spares, each of which is due.
	 * @param spares how many, if there are less
	 * @param now the time
	 * @return the seats
	 */
	Seating bench(int spares, Duration now) {
		List<Slot> bench = new ArrayList<>(this.bench);
		while (bench.size() < spares) {
			bench.add(Slot.empty(new Place.OnBench(bench.size())).restart(0, now));
		}
		return new Seating(this.target, this.slots, bench, this.roles);
	}

	Seating roles(Roles roles) {
		return new Seating(this.target, this.slots, this.bench, roles);
	}

}
