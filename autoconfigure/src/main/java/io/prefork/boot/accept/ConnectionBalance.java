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

import io.prefork.contract.Scoreboard;

/**
 * Compares this worker's connections with those of the others. A worker that has just
 * begun beside warm ones should have fewer than they. Where most connections are short
 * nobody is ever behind: such connections spread by themselves, and to wait for others
 * would cost throughput. Thread-safe.
 */
public final class ConnectionBalance {

	/**
	 * A worker that has not been seen for so long may not be able to accept.
	 */
	private static final long SILENT = Duration.ofMillis(500).toNanos();

	/**
	 * One connection more does not matter, nor does a small part of many.
	 */
	private static final int TOLERANCE = 16;

	private final ShortConnections shortOnes = new ShortConnections();

	private final Scoreboard scoreboard;

	private final Scoreboard.Line line;

	/**
	 * Create a balance.
	 * @param scoreboard all workers' connections
	 * @param own the number of this worker's line
	 */
	public ConnectionBalance(Scoreboard scoreboard, int own) {
		this.scoreboard = scoreboard;
		this.line = scoreboard.line(own);
	}

	/**
	 * This worker's line on the scoreboard.
	 * @return the line
	 */
	public Scoreboard.Line line() {
		return this.line;
	}

	/**
	 * A connection of this worker was closed.
	 * @param since when it was opened, see {@link System#nanoTime}
	 * @param now the time
	 */
	public void closed(long since, long now) {
		this.shortOnes.closed(since, now);
	}

	/**
	 * Look for workers that accept and have clearly fewer connections than they should
	 * have beside this one.
	 * @param now the time, see {@link System#nanoTime}
	 * @return 0 if there are none; otherwise a number that is another one as soon as one
	 * of them has accepted a connection
	 */
	public long behind(long now) {
		if (this.shortOnes.prevail(this.line.openedConnections(), now)) {
			return 0;
		}
		long connections = this.line.connections();
		double share = this.line.share(now);
		boolean warm = share >= 1 || isAnyWarm(now);
		long behind = 0;
		int limit = this.scoreboard.limit();
		for (int number = 0; number < limit; number++) {
			Scoreboard.Line other = this.scoreboard.line(number);
			if (other.isSeenWithin(SILENT, now)
					&& isBehind(other.connections(), warm ? connections * other.share(now) / share : connections)) {
				behind += 1 + other.openedConnections();
			}
		}
		return behind;
	}

	/**
	 * Look whether this worker would have no more than its share of all connections if
	 * those that wait had been accepted, too.
	 * @param waiting how many wait; negative if that is not known
	 * @param now the time, see {@link System#nanoTime}
	 * @return {@code true} if it may accept one, whoever is behind
	 */
	boolean isEntitled(int waiting, long now) {
		if (waiting <= 0) {
			return false;
		}
		double share = this.line.share(now);
		boolean warm = share >= 1 || isAnyWarm(now);
		double connections = waiting;
		double shares = 0;
		int limit = this.scoreboard.limit();
		for (int number = 0; number < limit; number++) {
			Scoreboard.Line worker = this.scoreboard.line(number);
			if (accepts(worker, now)) {
				connections += worker.connections();
				shares += warm ? worker.share(now) : 1;
			}
		}
		return this.line.connections() + 1 <= connections * (warm ? share : 1) / shares;
	}

	/**
	 * How many workers accept.
	 * @param now the time, see {@link System#nanoTime}
	 * @return the number, this one included
	 */
	int workers(long now) {
		int workers = 0;
		for (int number = 0, limit = this.scoreboard.limit(); number < limit; number++) {
			workers += accepts(this.scoreboard.line(number), now) ? 1 : 0;
		}
		return workers;
	}

	/**
	 * How many connections all workers have opened.
	 * @return the number, which is smaller again when a worker is gone
	 */
	long opened() {
		return this.scoreboard.openedConnections();
	}

	private boolean isAnyWarm(long now) {
		int limit = this.scoreboard.limit();
		for (int number = 0; number < limit; number++) {
			Scoreboard.Line other = this.scoreboard.line(number);
			if (other.isSeenWithin(SILENT, now) && other.share(now) >= 1) {
				return true;
			}
		}
		return false;
	}

	private boolean accepts(Scoreboard.Line worker, long now) {
		return worker == this.line || worker.isSeenWithin(SILENT, now);
	}

	/**
	 * Compare what there is with what should be.
	 * @param other the other's connections
	 * @param own how many it would have if it were like this one
	 * @return whether it clearly has fewer
	 */
	private static boolean isBehind(long other, double own) {
		return own > other + 1 + other / TOLERANCE;
	}

}
