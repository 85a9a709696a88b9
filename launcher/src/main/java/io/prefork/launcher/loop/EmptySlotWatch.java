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

package io.prefork.launcher.loop;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.log.Wording;
import io.prefork.launcher.supervisor.Departure;
import io.prefork.launcher.supervisor.Slot;
import io.prefork.launcher.supervisor.SupervisorState;

/**
 * Says again and again which slots have no worker because none stays. The master loop
 * owns it.
 */
final class EmptySlotWatch {

	/**
	 * So many in a row are no accident.
	 */
	private static final int FAILURES = 3;

	private static final Duration PACE = Duration.ofMinutes(1);

	private final Map<Integer, Duration> saidAt = new HashMap<>();

	private final MasterLog log;

	/**
	 * Create a watch.
	 * @param log the master's log
	 */
	EmptySlotWatch(MasterLog log) {
		this.log = log;
	}

	/**
	 * Look at all slots.
	 * @param state the state of the service
	 * @param now the time
	 */
	void look(SupervisorState state, Duration now) {
		state.wanted().forEach((slot) -> {
			if (slot.ready() != null || slot.failures() < FAILURES) {
				this.saidAt.remove(slot.number());
			}
			else if (now.minus(this.saidAt.getOrDefault(slot.number(), Duration.ZERO.minus(PACE)))
				.compareTo(PACE) >= 0) {
				this.saidAt.put(slot.number(), now);
				say(slot);
			}
		});
	}

	private void say(Slot slot) {
		List<Departure> departures = slot.departures().latest();
		if (!departures.isEmpty()) {
			this.log.warn(("slot %d has no worker, the last %d did not stay; what only one process can have, such as a "
					+ "port, must not be asked for by each worker; the last one %s")
				.formatted(slot.number(), slot.failures(), Wording.of(departures.get(departures.size() - 1).exit())));
		}
	}

}
