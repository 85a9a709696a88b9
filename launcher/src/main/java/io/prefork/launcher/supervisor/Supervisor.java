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

package io.prefork.launcher.supervisor;

import java.time.Duration;

/**
 * Decides what the master does. Pure: the same settings, state, event and time always
 * give the same step, and nothing is remembered here. Time is the time since the master
 * started.
 */
public final class Supervisor {

	private final SupervisorSettings settings;

	/**
	 * Create a supervisor.
	 * @param settings what it has to keep to
	 */
	public Supervisor(SupervisorSettings settings) {
		this.settings = settings;
	}

	/**
	 * The state before anything has happened.
	 * @return the state for the first call of {@link #step}
	 */
	public SupervisorState initialState() {
		return SupervisorState.initial(this.settings.workers());
	}

	/**
	 * Take one step. Deadlines that have passed are acted upon in every step, whatever
	 * the event.
	 * @param state the state so far
	 * @param event what happened
	 * @param now the time since the master started
	 * @return the next state and what to do
	 */
	public Step step(SupervisorState state, Event event, Duration now) {
		StepBuilder builder = new StepBuilder(this.settings, state, now);
		event.accept(new EventHandler(builder));
		builder.expireDeadlines();
		builder.fillSlots();
		builder.announceWhenSettled();
		builder.finishWhenEmpty();
		return builder.build();
	}

}
