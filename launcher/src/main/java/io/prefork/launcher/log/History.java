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

package io.prefork.launcher.log;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.prefork.status.HistoryEntry;

/**
 * What was logged last, for operators who don't see the log. Thread-safe.
 */
public final class History {

	private static final int LENGTH = 200;

	private final Deque<HistoryEntry> entries = new ArrayDeque<>();

	synchronized void add(String worker, String what) {
		if (this.entries.size() == LENGTH) {
			this.entries.remove();
		}
		this.entries.add(new HistoryEntry(Instant.now(), worker, what.lines().findFirst().orElse("")));
	}

	/**
	 * The last entries.
	 * @return at most 200 entries, the oldest first
	 */
	public synchronized List<HistoryEntry> entries() {
		return List.copyOf(this.entries);
	}

}
