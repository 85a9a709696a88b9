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
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.SupervisorState.Ending;
import io.prefork.launcher.supervisor.SupervisorState.Phase;

/**
 * The next state while a step is under way, and the decisions so far.
 */
final class Draft {

	private final List<Decision> decisions = new ArrayList<>();

	private final Duration now;

	private SupervisorState state;

	Draft(SupervisorState state, Duration now) {
		this.state = state;
		this.now = now;
	}

	Duration now() {
		return this.now;
	}

	SupervisorState state() {
		return this.state;
	}

	/**
	 * The generation that workers are started with.
	 * @return the generation
	 */
	Generation goal() {
		Reload reload = this.state.reload();
		return (reload != null && reload.next() != null && reload.stage() == Reload.Stage.ROLLING) ? reload.next()
				: this.state.generation();
	}

	void add(Decision decision) {
		this.decisions.add(decision);
	}

	void notice(String what) {
		add(new Decision.Notice(what));
	}

	/**
	 * Start a worker.
	 * @param slot the slot or the seat of a spare
	 * @param generation its generation
	 * @return the worker
	 */
	WorkerId spawn(Slot slot, Generation generation) {
		Slot spawned = slot.spawn(generation, this.now);
		WorkerId id = new WorkerId(spawned.index(), spawned.incarnations());
		put(spawned);
		add(new Decision.Spawn(id, generation.number()));
		return id;
	}

	void put(Slot slot) {
		List<Slot> slots = new ArrayList<>(this.state.slots());
		List<Slot> bench = new ArrayList<>(this.state.bench());
		if (slot.index() >= 0) {
			slots.set(slot.index(), slot);
		}
		else {
			bench.set(-1 - slot.index(), slot);
		}
		seats(slots, bench);
	}

	void put(Worker worker) {
		Slot seat = this.state.seatOf(worker.id());
		if (seat != null) {
			put(seat.seat(worker));
		}
	}

	/**
	 * Make room for spares.
	 * @param spares how many
	 */
	void extendBench(int spares) {
		List<Slot> bench = new ArrayList<>(this.state.bench());
		while (bench.size() < spares) {
			bench.add(Slot.empty(WorkerId.seatOfSpare(bench.size())).restart(0, this.now));
		}
		seats(this.state.slots(), bench);
	}

	/**
	 * Change the number of slots that are wanted.
	 * @param target how many
	 */
	void target(int target) {
		List<Slot> slots = new ArrayList<>(this.state.slots());
		while (slots.size() < target) {
			slots.add(Slot.empty(slots.size()));
		}
		for (int i = 0; i < target; i++) {
			Slot slot = slots.get(i);
			if (!slot.isManned() && slot.restartAt() == null) {
				slots.set(i, slot.restart(0, this.now));
			}
		}
		SupervisorState s = this.state;
		this.state = new SupervisorState(s.phase(), s.generation(), s.generations(), target, slots, s.bench(),
				s.reload(), s.reloadAgain(), s.scaleBy(), s.paused(), s.readyAt(), s.ending());
	}

	void phase(Phase phase) {
		SupervisorState s = this.state;
		this.state = new SupervisorState(phase, s.generation(), s.generations(), s.target(), s.slots(), s.bench(),
				s.reload(), s.reloadAgain(), s.scaleBy(), s.paused(), s.readyAt(), s.ending());
	}

	void generation(Generation generation) {
		SupervisorState s = this.state;
		this.state = new SupervisorState(s.phase(), generation, s.generations(), s.target(), s.slots(), s.bench(),
				s.reload(), s.reloadAgain(), s.scaleBy(), s.paused(), s.readyAt(), s.ending());
	}

	void reload(@Nullable Reload reload) {
		SupervisorState s = this.state;
		int generations = (reload != null) ? Math.max(s.generations(), reload.number()) : s.generations();
		this.state = new SupervisorState(s.phase(), s.generation(), generations, s.target(), s.slots(), s.bench(),
				reload, s.reloadAgain(), s.scaleBy(), s.paused(), s.readyAt(), s.ending());
	}

	void reloadAgain(boolean reloadAgain) {
		SupervisorState s = this.state;
		this.state = new SupervisorState(s.phase(), s.generation(), s.generations(), s.target(), s.slots(), s.bench(),
				s.reload(), reloadAgain, s.scaleBy(), s.paused(), s.readyAt(), s.ending());
	}

	void scaleBy(int scaleBy) {
		SupervisorState s = this.state;
		this.state = new SupervisorState(s.phase(), s.generation(), s.generations(), s.target(), s.slots(), s.bench(),
				s.reload(), s.reloadAgain(), scaleBy, s.paused(), s.readyAt(), s.ending());
	}

	void paused(boolean paused) {
		SupervisorState s = this.state;
		this.state = new SupervisorState(s.phase(), s.generation(), s.generations(), s.target(), s.slots(), s.bench(),
				s.reload(), s.reloadAgain(), s.scaleBy(), paused, this.now, s.ending());
	}

	void readyAt(Duration readyAt) {
		SupervisorState s = this.state;
		this.state = new SupervisorState(s.phase(), s.generation(), s.generations(), s.target(), s.slots(), s.bench(),
				s.reload(), s.reloadAgain(), s.scaleBy(), s.paused(), readyAt, s.ending());
	}

	void ending(Ending ending) {
		SupervisorState s = this.state;
		this.state = new SupervisorState(Phase.STOPPING, s.generation(), s.generations(), s.target(), s.slots(),
				s.bench(), null, false, 0, false, s.readyAt(), ending);
	}

	Step step() {
		return new Step(this.state, this.decisions, this.state.nextDeadline(this.now));
	}

	private void seats(List<Slot> slots, List<Slot> bench) {
		SupervisorState s = this.state;
		this.state = new SupervisorState(s.phase(), s.generation(), s.generations(), s.target(), slots, bench,
				s.reload(), s.reloadAgain(), s.scaleBy(), s.paused(), s.readyAt(), s.ending());
	}

}
