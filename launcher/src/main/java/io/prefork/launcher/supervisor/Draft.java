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

import io.prefork.launcher.supervisor.SupervisorState.Phase;

/**
 * The next state while a step is under way, and the decisions so far.
 */
final class Draft {

	private final List<Decision> decisions = new ArrayList<>();

	private final Duration now;

	private final List<Slot> slots;

	private final List<Slot> bench;

	private Phase phase;

	private Generation generation;

	private int generations;

	private int target;

	private @Nullable Reload reload;

	private boolean reloadAgain;

	private int scaleBy;

	private boolean paused;

	private Duration readyAt;

	private @Nullable Ending ending;

	private @Nullable SupervisorState state;

	Draft(SupervisorState state, Duration now) {
		this.now = now;
		this.slots = new ArrayList<>(state.slots());
		this.bench = new ArrayList<>(state.bench());
		this.phase = state.phase();
		this.generation = state.generation();
		this.generations = state.generations();
		this.target = state.target();
		this.reload = state.reload();
		this.reloadAgain = state.reloadAgain();
		this.scaleBy = state.scaleBy();
		this.paused = state.paused();
		this.readyAt = state.readyAt();
		this.ending = state.ending();
		this.state = state;
	}

	Duration now() {
		return this.now;
	}

	/**
	 * The state as it would be if nothing else was changed.
	 * @return the state
	 */
	SupervisorState state() {
		SupervisorState current = this.state;
		if (current == null) {
			current = new SupervisorState(this.phase, this.generation, this.generations, this.target, this.slots,
					this.bench, this.reload, this.reloadAgain, this.scaleBy, this.paused, this.readyAt, this.ending);
			this.state = current;
		}
		return current;
	}

	/**
	 * The generation that workers are started with.
	 * @return the generation
	 */
	Generation goal() {
		Generation next = (this.reload != null) ? this.reload.next() : null;
		return (this.reload != null && next != null && this.reload.stage() == Reload.Stage.ROLLING) ? next
				: this.generation;
	}

	void add(Decision decision) {
		this.decisions.add(decision);
	}

	void notice(ServiceNotice what) {
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
		WorkerId id = new WorkerId(spawned.place(), spawned.incarnations());
		put(spawned);
		add(new Decision.Spawn(id, generation.number()));
		return id;
	}

	void put(Slot slot) {
		List<Slot> seats = (slot.place() instanceof Place.InSlot) ? this.slots : this.bench;
		seats.set(slot.number(), slot);
		this.state = null;
	}

	void put(Worker worker) {
		Slot seat = state().seatOf(worker.id());
		if (seat != null) {
			put(seat.seat(worker));
		}
	}

	/**
	 * Make room for spares.
	 * @param spares how many
	 */
	void extendBench(int spares) {
		while (this.bench.size() < spares) {
			this.bench.add(Slot.empty(new Place.OnBench(this.bench.size())).restart(0, this.now));
		}
		this.state = null;
	}

	/**
	 * Change the number of slots that are wanted.
	 * @param target how many
	 */
	void target(int target) {
		while (this.slots.size() < target) {
			this.slots.add(Slot.empty(new Place.InSlot(this.slots.size())));
		}
		for (int i = 0; i < target; i++) {
			Slot slot = this.slots.get(i);
			if (!slot.isManned() && slot.restartAt() == null) {
				this.slots.set(i, slot.restart(0, this.now));
			}
		}
		this.target = target;
		this.state = null;
	}

	void phase(Phase phase) {
		this.phase = phase;
		this.state = null;
	}

	void generation(Generation generation) {
		this.generation = generation;
		this.state = null;
	}

	void reload(@Nullable Reload reload) {
		this.reload = reload;
		this.generations = (reload != null) ? Math.max(this.generations, reload.number()) : this.generations;
		this.state = null;
	}

	void reloadAgain(boolean reloadAgain) {
		this.reloadAgain = reloadAgain;
		this.state = null;
	}

	void scaleBy(int scaleBy) {
		this.scaleBy = scaleBy;
		this.state = null;
	}

	void paused(boolean paused) {
		this.paused = paused;
		this.readyAt = this.now;
		this.state = null;
	}

	void readyAt(Duration readyAt) {
		this.readyAt = readyAt;
		this.state = null;
	}

	/**
	 * Begin to end: what was planned is forgotten.
	 * @param ending how the master ends
	 */
	void ending(Ending ending) {
		this.phase = Phase.STOPPING;
		this.ending = ending;
		this.reload = null;
		this.reloadAgain = false;
		this.scaleBy = 0;
		this.paused = false;
		this.state = null;
	}

	Step step() {
		return new Step(state(), this.decisions, state().nextDeadline(this.now));
	}

}
