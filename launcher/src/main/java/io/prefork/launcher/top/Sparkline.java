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

package io.prefork.launcher.top;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/**
 * The last values of something, as bars in a line.
 */
final class Sparkline {

	private static final String BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

	private final Deque<Double> values = new ArrayDeque<>();

	private final int length;

	Sparkline(int length) {
		this.length = length;
	}

	void add(double value) {
		this.values.addLast(value);
		if (this.values.size() > this.length) {
			this.values.removeFirst();
		}
	}

	/**
	 * The bars, of which the highest is the largest value.
	 * @return a character for each value
	 */
	String text() {
		double largest = this.values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
		return this.values.stream()
			.map((value) -> (largest > 0) ? (int) Math.round(value / largest * (BARS.length() - 1)) : 0)
			.map((bar) -> BARS.substring(bar, bar + 1))
			.collect(Collectors.joining());
	}

}
