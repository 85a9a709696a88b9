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

package io.prefork.sizing;

import java.util.List;
import java.util.Locale;

/**
 * How many workers a service should have.
 *
 * @param workers the number
 * @param least the least number that carries the load
 * @param most the number beyond which another worker brings nothing
 * @param limit what bounds the number
 * @param steps how it comes about, one after the other
 * @param rules what rules of thumb say
 */
public record Advice(int workers, int least, int most, Limit limit, List<Step> steps, List<Step> rules) {

	public Advice {
		steps = List.copyOf(steps);
		rules = List.copyOf(rules);
	}

	/**
	 * Work it out.
	 * @param demand what has to be done
	 * @param supply what there is for it
	 * @return the advice
	 */
	public static Advice of(Demand demand, Supply supply) {
		return new Calculation(demand, supply).advice();
	}

	/**
	 * What bounds the number of workers.
	 */
	public enum Limit {

		/**
		 * How many requests one can have in progress.
		 */
		CONCURRENCY,

		/**
		 * The CPUs: more workers would only share them.
		 */
		CPU,

		/**
		 * The memory: there is no room for more.
		 */
		MEMORY;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * A step of the calculation.
	 *
	 * @param name what is worked out
	 * @param calculation how
	 * @param result what comes out, with its unit
	 */
	public record Step(String name, String calculation, String result) {

	}

}
