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

package io.prefork.launcher.distribution;

import java.io.IOException;
import java.util.BitSet;

import io.prefork.contract.Scoreboard;

/**
 * Gives each worker a line of the scoreboard.
 */
public final class ScoreboardSlots {

	private final BitSet used = new BitSet();

	private final Scoreboard scoreboard;

	/**
	 * Create lines that are nobody's yet.
	 * @param scoreboard the scoreboard
	 */
	public ScoreboardSlots(Scoreboard scoreboard) {
		this.scoreboard = scoreboard;
	}

	/**
	 * Take a line for a worker that is about to be started.
	 * @return the number of the line, which is empty
	 * @throws IOException if there are too many workers
	 */
	public int take() throws IOException {
		int number = this.used.nextClearBit(0);
		if (number >= Scoreboard.LINES) {
			throw new IOException("there are %d workers, which is the most that can live at once".formatted(number));
		}
		this.used.set(number);
		this.scoreboard.line(number).clear();
		this.scoreboard.limit(this.used.length());
		return number;
	}

	/**
	 * Give back the line of a worker whose process has ended.
	 * @param number the number of the line
	 */
	public void release(int number) {
		this.scoreboard.line(number).clear();
		this.used.clear(number);
		this.scoreboard.limit(this.used.length());
	}

	/**
	 * How many connections all workers have opened.
	 * @return the number, which is smaller again when a worker is gone
	 */
	public long openedConnections() {
		return this.scoreboard.openedConnections();
	}

	/**
	 * A line that is taken.
	 * @param number the number of the line
	 * @return the line
	 */
	public Scoreboard.Line line(int number) {
		return this.scoreboard.line(number);
	}

}
