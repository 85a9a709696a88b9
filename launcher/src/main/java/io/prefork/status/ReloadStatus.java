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

package io.prefork.status;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A reload.
 *
 * @param id the number of the new generation
 * @param phase how far it has come: preparing, canary, watching, rolling or ended
 * @param startedAt when it began
 * @param verdict how it ended; {@code null} if it runs
 * @param slots how far each slot has come; empty when it has ended
 */
public record ReloadStatus(int id, String phase, Instant startedAt, @Nullable Verdict verdict,
		List<SlotProgress> slots) {

	public ReloadStatus {
		slots = List.copyOf(slots);
	}

	/**
	 * How a reload ended.
	 *
	 * @param endedAt when it ended
	 * @param succeeded whether the new generation serves; if not, it was rolled back
	 * @param reason why it was rolled back; empty if it was not
	 */
	public record Verdict(Instant endedAt, boolean succeeded, String reason) {

	}

	/**
	 * How far a slot has come in a reload.
	 *
	 * @param slot its number
	 * @param generation the generation that serves there; 0 if nobody does
	 * @param next what the worker of the new generation does; {@value #WAITING} if there
	 * is none yet
	 */
	public record SlotProgress(int slot, int generation, String next) {

		/**
		 * The slot is not replaced yet.
		 */
		public static final String WAITING = "waiting";

	}

}
