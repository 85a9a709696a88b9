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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a failing list shorter by deleting ever smaller parts of it.
 */
final class Shrinking {

	private Shrinking() {
	}

	/**
	 * Delete what can be deleted.
	 * @param <T> the type of the elements
	 * @param elements a list that fails
	 * @param fails whether a list fails
	 * @return a list that fails, and of which no element can be left out
	 */
	static <T> List<T> shrink(List<T> elements, Predicate<List<T>> fails) {
		List<T> shortest = elements;
		for (int part = Math.max(1, elements.size() / 2); part >= 1; part = (shortest.size() < part) ? 1 : part / 2) {
			for (int from = 0; from + part <= shortest.size();) {
				List<T> shorter = new ArrayList<>(shortest);
				shorter.subList(from, from + part).clear();
				if (fails.test(shorter)) {
					shortest = shorter;
					from = 0;
				}
				else {
					from++;
				}
			}
		}
		return shortest;
	}

}
