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

	private SupervisorState state;

	Draft(SupervisorState state, Duration now) {
		this.state = state;
		this.now = now;
	}

	Duration now() {
		return this.now;
	}

	/**
	 * The state as it would be if nothing else was changed.
	 * @return the state
	 */
	SupervisorState state() {
		return this.state;
	}

	/**
	 * The generation that workers are started with.
	 * @return the generation
	 */
	Generation goal() {
		Reload reload = this.state.reload();
		Generation next = (reload != null) ? reload.next() : null;
		return (reload != null && next != null && reload.stage() == Reload.Stage.ROLLING) ? next
				: this.state.generation();
	}

	/**
	 * Whether a slot's next worker has to wait until the process of the one that it
	 * replaces has ended: without surge there are never more processes than workers.
	 * @param slot the slot
	 * @return {@code true} if so
	 */
	boolean isHeldBack(Slot slot) {
		return goal().settings().capacity().surge() == 0 && slot.workers().stream().anyMatch(Worker::isReplaced);
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
		boolean initializes = !id.isSpare() && this.state.roles().needInitializer(generation);
		if (initializes) {
			roles(this.state.roles().initializer(id));
		}
		add(new Decision.Spawn(id, generation.number(), this.state.target(), initializes));
		return id;
	}

	void put(Slot slot) {
		this.state = this.state.with(this.state.seating().with(slot));
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
		this.state = this.state.with(this.state.seating().bench(spares, this.now));
	}

	/**
	 * Change the number of slots that are wanted.
	 * @param target how many
	 */
	void target(int target) {
		this.state = this.state.with(this.state.seating().target(target, this.now));
	}

	void roles(Roles roles) {
		this.state = this.state.with(this.state.seating().roles(roles));
	}

	void phase(Phase phase) {
		this.state = this.state.with(phase);
	}

	void generation(Generation generation) {
		this.state = this.state.with(generation);
	}

	void reload(@Nullable Reload reload) {
		this.state = this.state.with(this.state.plans().reload(reload));
	}

	void reloadAgain(boolean reloadAgain) {
		this.state = this.state.with(this.state.plans().reloadAgain(reloadAgain));
	}

	void scaleBy(int scaleBy) {
		this.state = this.state.with(this.state.plans().scaleBy(scaleBy));
	}

	void paused(boolean paused) {
		this.state = this.state.with(this.state.plans().paused(paused)).readyAt(this.now);
	}

	void readyAt(Duration readyAt) {
		this.state = this.state.readyAt(readyAt);
	}

	/**
	 * Begin to end: what was planned is forgotten.
	 * @param ending how the master ends
	 */
	void ending(Ending ending) {
		this.state = this.state.ending(ending);
	}

	Step step() {
		return new Step(this.state, this.decisions, this.state.nextDeadline(this.now));
	}

}
