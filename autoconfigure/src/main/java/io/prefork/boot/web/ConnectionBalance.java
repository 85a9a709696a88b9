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

package io.prefork.boot.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.prefork.protocol.Scoreboard;

/**
 * Tells whether this worker has so many connections that it should leave the next ones to
 * others. Where many connections are short it never does: they are balanced by
 * themselves, and every pause would cost throughput. Thread-safe.
 */
final class ConnectionBalance {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	/**
	 * A worker that has not been seen for so long may not be able to accept.
	 */
	private static final long SILENT = SECOND / 2;

	/**
	 * More connections per second that live for less than a second are many.
	 */
	private static final int MANY = 50;

	private static final int TOLERANCE = 16;

	private final AtomicInteger shortOnes = new AtomicInteger();

	private final AtomicLong second = new AtomicLong();

	private final Scoreboard scoreboard;

	private final int own;

	private volatile int shortOnesBefore;

	/**
	 * Create a balance.
	 * @param scoreboard all workers' connections
	 * @param own the number of this worker's line
	 */
	ConnectionBalance(Scoreboard scoreboard, int own) {
		this.scoreboard = scoreboard;
		this.own = own;
	}

	/**
	 * A connection was closed.
	 * @param since when it was opened, see {@link System#nanoTime}
	 * @param now the time
	 */
	void closed(long since, long now) {
		if (now - since < SECOND) {
			roll(now);
			this.shortOnes.incrementAndGet();
		}
	}

	/**
	 * Whether others should accept the next connections.
	 * @param now the time, see {@link System#nanoTime}
	 * @return {@code true} if this worker has clearly more than the one with the fewest
	 */
	boolean isAhead(long now) {
		roll(now);
		if (Math.max(this.shortOnes.get(), this.shortOnesBefore) > MANY) {
			return false;
		}
		long fewest = Long.MAX_VALUE;
		int limit = this.scoreboard.limit();
		for (int number = 0; number < limit; number++) {
			Scoreboard.Line line = this.scoreboard.line(number);
			if (number != this.own && now - line.seenAt() < SILENT) {
				fewest = Math.min(fewest, line.connections());
			}
		}
		return fewest != Long.MAX_VALUE
				&& this.scoreboard.line(this.own).connections() > fewest + 1 + fewest / TOLERANCE;
	}

	private void roll(long now) {
		long current = now / SECOND;
		long last = this.second.get();
		if (current != last && this.second.compareAndSet(last, current)) {
			int count = this.shortOnes.getAndSet(0);
			this.shortOnesBefore = (current == last + 1) ? count : 0;
		}
	}

}
