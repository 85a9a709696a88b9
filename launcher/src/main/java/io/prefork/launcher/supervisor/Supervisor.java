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

import io.prefork.launcher.supervisor.SupervisorState.Phase;

/**
 * Decides what the master does. Pure: no threads, no clock, no I/O; the same state and
 * event give the same step.
 */
public final class Supervisor {

	private Supervisor() {
	}

	/**
	 * Take one step. Deadlines that have passed are acted upon in every step, whatever
	 * the event.
	 * @param state the state so far
	 * @param event what happened
	 * @param now the time since the master started
	 * @return the next state and what to do
	 */
	public static Step step(SupervisorState state, Event event, Duration now) {
		Draft draft = new Draft(state, now);
		Transitions transitions = new Transitions(draft);
		Filling filling = new Filling(draft, transitions);
		Replacement replacement = new Replacement(draft, transitions);
		Reloading reloading = new Reloading(draft, replacement);
		Stopping stopping = new Stopping(draft, transitions);
		Leading leading = new Leading(draft);
		event.accept(new EventHandler(draft, transitions, filling, replacement, reloading, stopping));
		expireDeadlines(draft, transitions, reloading);
		SupervisorState before;
		do {
			before = draft.state();
			if (draft.state().ready() > 0) {
				draft.readyAt(now);
			}
			reloading.progress();
			replacement.replace();
			filling.fill();
			leading.choose();
			announceWhenSettled(draft);
		}
		while (!draft.state().equals(before));
		stopping.giveUp();
		stopping.finishWhenEmpty();
		return draft.step();
	}

	private static void expireDeadlines(Draft draft, Transitions transitions, Reloading reloading) {
		draft.state().workers().filter((worker) -> worker.isOverdue(draft.now())).toList().forEach((worker) -> {
			boolean booting = worker.state() == WorkerState.STARTING;
			boolean silent = worker.isReady() || worker.state() == WorkerState.SPARE;
			Slot seat = draft.state().seatOf(worker.id());
			transitions.fire(worker.id(), Trigger.OVERDUE, booting ? Reason.BOOT_TIMEOUT : silent ? Reason.HANG : null);
			if (seat != null && (booting || silent)) {
				reloading.failed(worker.generation().number(),
						booting ? new ReloadFailure.BootOverdue(seat.place(),
								worker.generation().settings().limits().boot())
								: new ReloadFailure.WorkerSilent(seat.place()));
			}
		});
	}

	private static void announceWhenSettled(Draft draft) {
		SupervisorState state = draft.state();
		if (state.phase() == Phase.FILLING && state.ready() > 0
				&& state.wanted().allMatch((slot) -> slot.ready() != null || slot.failures() > 0)) {
			draft.phase(Phase.RUNNING);
			draft.add(new Decision.Announce(state.generation().number(), state.ready(), state.target(), draft.now()));
		}
	}

}
