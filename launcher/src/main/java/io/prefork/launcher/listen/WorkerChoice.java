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

import java.util.List;

import io.prefork.contract.DispatchStrategy;

/**
 * Chooses the worker that gets the next connection.
 */
final class WorkerChoice {

	private WorkerChoice() {
	}

	/**
	 * Choose a worker.
	 * @param strategy by which rule
	 * @param candidates the workers
	 * @param last the index of the worker that got the last connection
	 * @return the index of the worker that gets the next one; -1 if none can
	 */
	static int next(DispatchStrategy strategy, List<? extends Load> candidates, int last) {
		boolean warm = candidates.stream().anyMatch((candidate) -> candidate.isAvailable() && candidate.share() >= 1);
		int best = -1;
		double smallest = Double.MAX_VALUE;
		for (int i = 1; i <= candidates.size(); i++) {
			int index = (last + i) % candidates.size();
			Load candidate = candidates.get(index);
			if (!candidate.isAvailable()) {
				continue;
			}
			double share = warm ? candidate.share() : 1;
			if (strategy == DispatchStrategy.ROUND_ROBIN && candidate.isNext(share)) {
				return index;
			}
			double load = candidate.connections() / share;
			if (load < smallest) {
				best = index;
				smallest = load;
			}
		}
		return best;
	}

	/**
	 * How busy a worker is.
	 */
	interface Load {

		/**
		 * Whether the worker takes what it gets without delay.
		 * @return {@code true} if it does
		 */
		boolean isAvailable();

		/**
		 * Its open connections, with those that are on the way to it.
		 * @return the number
		 */
		long connections();

		/**
		 * How many connections it should have for each one that a warm worker has.
		 * @return a number of up to 1, at which the worker is warm
		 */
		double share();

		/**
		 * Whether it is its turn; to ask changes that.
		 * @param share its share of the turns, up to 1 for each
		 * @return {@code true} if it gets the next connection
		 */
		boolean isNext(double share);

	}

}
