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

import java.util.Comparator;

/**
 * Identifies a worker for as long as it lives, wherever it serves.
 *
 * @param place the place it was started for
 * @param incarnation its number among those that were started for that place, from 1
 */
public record WorkerId(Place place, int incarnation) implements Comparable<WorkerId> {

	private static final Comparator<WorkerId> ORDER = Comparator.comparing(WorkerId::place)
		.thenComparingInt(WorkerId::incarnation);

	/**
	 * Create the id of a worker of a slot.
	 * @param slot the number of the slot
	 * @param incarnation its number among those that were started for that slot, from 1
	 */
	public WorkerId(int slot, int incarnation) {
		this(new Place.InSlot(slot), incarnation);
	}

	/**
	 * Whether it was started as a spare.
	 * @return {@code false} if it was started for a slot
	 */
	public boolean isSpare() {
		return this.place instanceof Place.OnBench;
	}

	@Override
	public int compareTo(WorkerId other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.place.wire() + "." + this.incarnation;
	}

}
