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
 * Where a worker sits: in a slot of the service, or on the bench as a spare.
 */
public sealed interface Place extends Comparable<Place> {

	/**
	 * The number by which other processes know the place: that of the slot, and below 0
	 * for a spare.
	 * @return the number
	 */
	int wire();

	/**
	 * The number among places of its kind.
	 * @return the number, from 0
	 */
	int number();

	/**
	 * The place with a number.
	 * @param wire the number by which other processes know it
	 * @return the place
	 */
	static Place of(int wire) {
		return (wire >= 0) ? new InSlot(wire) : new OnBench(-1 - wire);
	}

	@Override
	default int compareTo(Place other) {
		return Comparator.comparingInt(Place::wire).compare(this, other);
	}

	/**
	 * A slot.
	 *
	 * @param number its number, from 0
	 */
	record InSlot(int number) implements Place {

		@Override
		public int wire() {
			return this.number;
		}

		@Override
		public String toString() {
			return "worker=" + this.number;
		}

	}

	/**
	 * The seat of a spare.
	 *
	 * @param number its number, from 0
	 */
	record OnBench(int number) implements Place {

		@Override
		public int wire() {
			return -1 - this.number;
		}

		@Override
		public String toString() {
			return "spare=" + this.number;
		}

	}

}
