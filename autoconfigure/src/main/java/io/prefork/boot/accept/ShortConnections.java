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

package io.prefork.boot.accept;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells whether most connections of late were short: opened and closed again within a
 * second. Thread-safe.
 */
final class ShortConnections {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	/**
	 * So few in a second or two say nothing.
	 */
	private static final int FEW = 50;

	private final AtomicLong closed = new AtomicLong();

	private Sample earlier = new Sample(0, 0, 0);

	private Sample later = this.earlier;

	/**
	 * A connection was closed.
	 * @param since when it was opened, see {@link System#nanoTime}
	 * @param now the time
	 */
	void closed(long since, long now) {
		if (now - since < SECOND) {
			this.closed.incrementAndGet();
		}
	}

	/**
	 * Whether most connections were short in the last second or two.
	 * @param opened the number of connections opened so far
	 * @param now the time, see {@link System#nanoTime}
	 * @return {@code true} if they were, and not few
	 */
	synchronized boolean prevail(long opened, long now) {
		long closed = this.closed.get();
		if (now - this.later.time() >= SECOND) {
			Sample sample = new Sample(now, opened, closed);
			this.earlier = (now - this.later.time() < 2 * SECOND) ? this.later : sample;
			this.later = sample;
		}
		long recently = closed - this.earlier.closed();
		return recently > FEW && 2 * recently > opened - this.earlier.opened();
	}

	/**
	 * The counts at one time.
	 *
	 * @param time when that was
	 * @param opened the number of connections opened until then
	 * @param closed the number of short connections closed until then
	 */
	private record Sample(long time, long opened, long closed) {

	}

}
