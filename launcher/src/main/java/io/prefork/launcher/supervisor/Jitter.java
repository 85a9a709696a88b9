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

/**
 * Random numbers that are the same for the same worker: the supervisor must not have dice
 * of its own.
 */
final class Jitter {

	private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

	private Jitter() {
	}

	/**
	 * A worker's fraction.
	 * @param seed the seed of the settings
	 * @param slot the slot
	 * @param incarnation the incarnation
	 * @return a number from 0 to 1
	 */
	static double fraction(long seed, int slot, int incarnation) {
		// The finalizer of SplitMix64, see Steele, Lea, Flood (OOPSLA 2014).
		long mixed = seed + GOLDEN_GAMMA * (slot * 1_000_003L + incarnation + 1);
		mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
		return ((mixed ^ (mixed >>> 31)) >>> 11) * 0x1.0p-53;
	}

}
