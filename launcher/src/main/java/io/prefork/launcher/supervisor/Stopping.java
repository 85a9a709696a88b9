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

import io.prefork.launcher.supervisor.SupervisorState.Phase;

/**
 * The end of the service, asked for or given up.
 */
final class Stopping {

	private final Draft draft;

	private final Transitions transitions;

	Stopping(Draft draft, Transitions transitions) {
		this.draft = draft;
		this.transitions = transitions;
	}

	/**
	 * Begin to end, or end faster.
	 * @param ending how the master ends, unless that was settled before
	 * @param trigger what every worker is told
	 */
	void end(Ending ending, Trigger trigger) {
		if (!this.draft.state().isStopping()) {
			begin(ending);
		}
		this.transitions.fireAll(this.draft.state().workers().map(Worker::id).toList(), trigger, Reason.STOP);
	}

	/**
	 * Begin to end because others serve: whoever is not on the way out gives way to them.
	 * @param ending how the master ends
	 */
	void giveWay(Ending ending) {
		if (!this.draft.state().isStopping()) {
			begin(ending);
			this.transitions.fireAll(this.draft.state()
				.workers()
				.filter((worker) -> worker.state() != WorkerState.DRAINING && !worker.state().isEnding())
				.map(Worker::id)
				.toList(), Trigger.REPLACE, Reason.STOP);
		}
	}

	/**
	 * Give up when nobody has been ready for long.
	 */
	void giveUp() {
		SupervisorState state = this.draft.state();
		var giveUpAt = state.giveUpAt();
		if (giveUpAt != null && giveUpAt.compareTo(this.draft.now()) <= 0) {
			Departure last = state.seats()
				.flatMap((slot) -> slot.departures().latest().stream())
				.reduce((one, other) -> (one.at().compareTo(other.at()) > 0) ? one : other)
				.orElse(null);
			int losses = state.seats().mapToInt(Slot::failures).sum();
			end(new Ending.CrashLoop(this.draft.now().minus(state.readyAt()), losses, last), Trigger.QUICK_STOP);
		}
	}

	void finishWhenEmpty() {
		Ending ending = this.draft.state().ending();
		if (ending != null && this.draft.state().phase() == Phase.STOPPING
				&& this.draft.state().workers().findAny().isEmpty()) {
			this.draft.phase(Phase.STOPPED);
			this.draft.add(new Decision.Finish(ending));
		}
	}

	private void begin(Ending ending) {
		this.draft.ending(ending);
		this.draft.state().seats().toList().forEach((slot) -> this.draft.put(slot.restart(slot.failures(), null)));
		this.draft.add(new Decision.CloseListeners());
	}

}
