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

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.SupervisorState.Phase;

/**
 * Gives slots without a worker a new one: a spare if there is one, at once; otherwise a
 * process, as soon as the back-off allows. Keeps as many spares as are wanted.
 */
final class Filling {

	private final Draft draft;

	private final Transitions transitions;

	Filling(Draft draft, Transitions transitions) {
		this.draft = draft;
		this.transitions = transitions;
	}

	/**
	 * Start the first worker of every slot, or of one slot; the others follow when that
	 * one serves.
	 */
	void begin() {
		Generation first = this.draft.goal();
		this.draft.state().wanted().toList().forEach((slot) -> {
			if (slot.number() == 0 || first.bootsAtOnce()) {
				this.draft.spawn(slot, first);
			}
			else {
				this.draft.put(slot.restart(0, this.draft.now()));
			}
		});
	}

	/**
	 * Start the first worker of a slot that has had none, since that of another one could
	 * not boot.
	 * @return {@code false} if all have been tried
	 */
	boolean tryAnother() {
		Generation first = this.draft.goal();
		Slot untried = this.draft.state().wanted().filter((slot) -> slot.incarnations() == 0).findFirst().orElse(null);
		if (untried == null || first.bootsAtOnce()) {
			return false;
		}
		this.draft.spawn(untried, first);
		return true;
	}

	void fill() {
		if (this.draft.state().runs() && !this.draft.state().paused()) {
			this.draft.state().wanted().filter((slot) -> !slot.isManned()).toList().forEach(this::fill);
		}
		if (this.draft.state().phase() == Phase.RUNNING && this.draft.state().reload() == null) {
			if (!this.draft.state().paused()) {
				this.draft.state().wanted().filter(Filling::waits).toList().forEach(this::overtake);
			}
			refillBench();
		}
	}

	private void fill(Slot slot) {
		if (slot.restartAt() == null || this.draft.isHeldBack(slot)) {
			return;
		}
		if (!promote(slot) && slot.isDue(this.draft.now())) {
			this.draft.spawn(slot, this.draft.goal());
		}
	}

	/**
	 * Whether nobody serves in a slot and its next worker still boots.
	 * @param slot the slot
	 * @return {@code true} if so
	 */
	private static boolean waits(Slot slot) {
		return slot.vacantSince() != null && slot.ready() == null && slot.starting() != null;
	}

	/**
	 * Let a spare that is ready first take a slot; who boots for it is not needed there
	 * any more, and the spare's seat is filled anew.
	 * @param slot the slot
	 */
	private void overtake(Slot slot) {
		Worker starting = slot.starting();
		if (starting != null && promote(slot)) {
			this.transitions.fire(starting.id(), Trigger.REPLACE, Reason.SCALE);
		}
	}

	private boolean promote(Slot slot) {
		Slot bench = seatOfSpare();
		Worker spare = (bench != null) ? bench.newest(this::isUsable) : null;
		if (bench == null || spare == null) {
			return false;
		}
		Generation generation = spare.generation();
		double fraction = Jitter.fraction(generation.seed(), bench.place().wire(), bench.incarnations());
		this.draft.put(bench.without(spare.id())
			.restart(0, this.draft.now().plus(generation.settings().restart().delay(slot.failures(), fraction))));
		this.draft.put(slot.restart(slot.failures(), null).seat(spare));
		this.transitions.fire(spare.id(), Trigger.PROMOTE);
		return true;
	}

	private @Nullable Slot seatOfSpare() {
		return this.draft.state()
			.bench()
			.stream()
			.filter((seat) -> seat.newest(this::isUsable) != null)
			.findFirst()
			.orElse(null);
	}

	private boolean isUsable(Worker worker) {
		return worker.state() == WorkerState.SPARE && worker.generation().number() == this.draft.goal().number();
	}

	private void refillBench() {
		SupervisorState state = this.draft.state();
		int spares = state.paused() ? 0 : state.generation().settings().capacity().spares();
		this.draft.extendBench(spares);
		for (Slot seat : List.copyOf(this.draft.state().bench())) {
			boolean wanted = seat.number() < spares;
			seat.workers()
				.stream()
				.filter((worker) -> worker.state().mans())
				.filter((worker) -> !wanted || worker.generation().number() != state.generation().number())
				.forEach((worker) -> this.transitions.fire(worker.id(), Trigger.REPLACE,
						wanted ? Reason.RELOAD : state.paused() ? Reason.STOP : Reason.SCALE));
			Slot now = this.draft.state().bench().get(seat.number());
			if (wanted && !now.isManned() && now.isDue(this.draft.now())) {
				this.draft.spawn(now, state.generation());
			}
		}
	}

}
