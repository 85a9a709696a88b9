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
 * Identifies a worker for as long as it lives, whatever slot it serves in.
 *
 * @param slot the slot it was started for; below 0 for a spare
 * @param incarnation its number among those that were started for that slot, from 1
 */
public record WorkerId(int slot, int incarnation) implements Comparable<WorkerId> {

	private static final Comparator<WorkerId> ORDER = Comparator.comparingInt(WorkerId::slot)
		.thenComparingInt(WorkerId::incarnation);

	/**
	 * The seat that spares with a given number are started for.
	 * @param spare the number of the spare, from 0
	 * @return the index of the seat, below 0
	 */
	public static int seatOfSpare(int spare) {
		return -1 - spare;
	}

	/**
	 * The name of a seat in logs.
	 * @param seat the index of a slot, or of a spare's seat
	 * @return the name with its number
	 */
	public static String nameOfSeat(int seat) {
		return (seat >= 0) ? "worker=" + seat : "spare=" + (-1 - seat);
	}

	@Override
	public int compareTo(WorkerId other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.slot + "." + this.incarnation;
	}

}
