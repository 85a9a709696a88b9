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
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.Scoreboard;

/**
 * Which line of the scoreboard is whose. The master loop owns it.
 */
public final class WorkerLines {

	private final Map<WorkerId, Integer> numbers = new HashMap<>();

	private final BitSet used = new BitSet();

	private final Scoreboard scoreboard;

	/**
	 * Create lines that are nobody's yet.
	 * @param scoreboard the scoreboard
	 */
	public WorkerLines(Scoreboard scoreboard) {
		this.scoreboard = scoreboard;
	}

	/**
	 * Give a line to a worker that is about to be started.
	 * @param id the worker
	 * @return the number of the line, which is empty
	 * @throws IOException if there are too many workers
	 */
	public int assign(WorkerId id) throws IOException {
		int number = this.used.nextClearBit(0);
		if (number >= Scoreboard.LINES) {
			throw new IOException("there are %d workers, which is the most that can live at once".formatted(number));
		}
		this.used.set(number);
		this.numbers.put(id, number);
		this.scoreboard.line(number).clear();
		this.scoreboard.limit(this.used.length());
		return number;
	}

	/**
	 * Take back the line of a worker whose process has ended, if it has one.
	 * @param id the worker
	 */
	public void release(WorkerId id) {
		Integer number = this.numbers.remove(id);
		if (number != null) {
			this.scoreboard.line(number).clear();
			this.used.clear(number);
			this.scoreboard.limit(this.used.length());
		}
	}

	/**
	 * The line of a worker.
	 * @param id the worker
	 * @return its line, or {@code null} if it has none
	 */
	Scoreboard.@Nullable Line find(WorkerId id) {
		Integer number = this.numbers.get(id);
		return (number != null) ? this.scoreboard.line(number) : null;
	}

}
