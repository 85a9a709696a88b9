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

package io.prefork.contract;

/**
 * For how long connections wait in an accept queue, at least. The system tells only how
 * many wait. But the queue is in order: those that waited at one time are gone when so
 * many have been accepted since; what was accepted from other queues counts, too, and
 * makes them seem younger. Not thread-safe.
 */
public final class QueueAge {

	private int length;

	private long since;

	/**
	 * How many have waited since then, or since before.
	 */
	private int waited;

	/**
	 * How many connections all workers will have opened when none of those is left.
	 */
	private long renewed;

	/**
	 * Look at the queue.
	 * @param length how many wait now; negative if that is not known
	 * @param opened how many connections all workers have opened so far
	 * @param now the time in nanoseconds, by whatever clock
	 * @return the time in nanoseconds that the first one has waited at least; 0 if nobody
	 * is known to wait
	 */
	public long look(int length, long opened, long now) {
		boolean waitedBefore = this.length > 0;
		this.length = length;
		long left = this.renewed - opened;
		// A worker that is gone takes its count with it.
		if (length <= 0 || !waitedBefore || left <= 0 || left > this.waited) {
			this.since = now;
			this.waited = length;
			this.renewed = opened + length;
		}
		return now - this.since;
	}

}
