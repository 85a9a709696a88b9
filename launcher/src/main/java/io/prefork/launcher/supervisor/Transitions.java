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
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.SupervisorState.Phase;
import io.prefork.launcher.supervisor.Transition.Action;

/**
 * Takes workers through transitions and keeps account of what their slots lose.
 */
final class Transitions {

	private final Draft draft;

	Transitions(Draft draft) {
		this.draft = draft;
	}

	void fire(WorkerId id, Trigger trigger) {
		fire(id, trigger, null);
	}

	/**
	 * Take a worker through one transition.
	 * @param id the worker; nothing happens if it is gone
	 * @param trigger what happened to it
	 * @param why why it leaves, if it does
	 */
	void fire(WorkerId id, Trigger trigger, @Nullable Reason why) {
		Slot seat = this.draft.state().seatOf(id);
		Worker worker = (seat != null) ? seat.find(id) : null;
		if (seat == null || worker == null) {
			return;
		}
		Transition transition = TransitionTable.find(worker.state(), trigger);
		if (transition == null) {
			this.draft.add(new Decision.Incident(seat.place(), trigger, worker.state()));
			return;
		}
		Worker told = (why != null) ? worker.because(why) : worker;
		boolean moves = transition.to() != worker.state() || transition.action() != Action.NONE;
		Worker moved = moves ? told.enter(transition.to(), this.draft.now()) : told;
		if (moves && transition.to() == WorkerState.READY && seat.vacantSince() != null) {
			act(seat, worker, transition, this.draft.now().minus(seat.vacantSince()));
		}
		else {
			act(seat, worker, transition, Duration.ZERO);
		}
		Slot changed = (transition.to() == WorkerState.GONE) ? seat.without(id) : seat.seat(moved);
		this.draft.put(account(changed, worker, transition));
		if (transition.to() == WorkerState.READY && this.draft.state().phase() == Phase.BOOTING) {
			this.draft.phase(Phase.FILLING);
		}
	}

	void fireAll(List<WorkerId> ids, Trigger trigger, Reason why) {
		ids.forEach((id) -> fire(id, trigger, why));
	}

	private Slot account(Slot slot, Worker before, Transition transition) {
		Duration now = this.draft.now();
		if (transition.to() == WorkerState.READY) {
			Slot served = slot.vacant(null);
			return (before.state() == WorkerState.HUNG) ? served.restart(slot.failures(), null) : served;
		}
		boolean lost = before.state().mans() && !transition.to().mans();
		if (!lost || this.draft.state().isStopping()) {
			return slot;
		}
		Slot left = (before.isReady() && slot.ready() == null) ? slot.vacant(now) : slot;
		if (transition.trigger() == Trigger.REPLACE) {
			return left.isManned() ? left : left.restart(left.failures(), now);
		}
		boolean foreign = before.generation().number() != this.draft.state().generation().number();
		return (foreign && left.ready() != null) ? left : lose(left, before);
	}

	private Slot lose(Slot slot, Worker worker) {
		Duration now = this.draft.now();
		Duration readySince = (worker.state() == WorkerState.SPARE) ? worker.since() : worker.readySince();
		RestartPolicy restart = worker.generation().settings().restart();
		boolean servedWell = readySince != null && now.minus(readySince).compareTo(restart.resetAfter()) >= 0;
		int failures = servedWell ? 1 : slot.failures() + 1;
		double fraction = Jitter.fraction(worker.generation().seed(), slot.place().wire(), slot.incarnations());
		return slot.restart(failures, now.plus(restart.delay(failures, fraction)));
	}

	private void act(Slot seat, Worker worker, Transition transition, Duration vacant) {
		WorkerId id = worker.id();
		TimeLimits limits = worker.generation().settings().limits();
		if (transition.trigger() == Trigger.OVERDUE) {
			this.draft.add(new Decision.Report(id, overdue(worker)));
		}
		switch (transition.action()) {
			case NONE -> {
			}
			case ACCEPT -> this.draft.add(new Decision.Accept(id, seat.number(), vacant));
			case DRAIN ->
				this.draft.add(new Decision.Drain(id, limits.graceful(), TimeLimits.IDLE_GRACE_ON_STOP, true));
			case GIVE_WAY ->
				this.draft.add(new Decision.Drain(id, limits.graceful(), limits.idleGraceOnReplacement(), false));
			case HURRY -> this.draft.add(new Decision.Drain(id, Duration.ZERO, Duration.ZERO, true));
			case DUMP -> this.draft.add(new Decision.Dump(id));
			case DUMP_AND_TERMINATE -> {
				this.draft.add(new Decision.Dump(id));
				this.draft.add(new Decision.Terminate(id));
			}
			case TERMINATE -> this.draft.add(new Decision.Terminate(id));
			case KILL -> this.draft.add(new Decision.Kill(id));
		}
	}

	private WorkerReport overdue(Worker worker) {
		return (worker.isReady() || worker.state() == WorkerState.SPARE)
				? new WorkerReport.Silent(worker.generation().settings().limits().silence())
				: new WorkerReport.Overdue(worker.state(), this.draft.now().minus(worker.since()));
	}

}
