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
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tells from the outside which rows of the {@link TransitionTable} each worker went
 * through in a step: that of the event, then that of its deadline, then those of planned
 * work. Insists that there are such rows.
 */
final class Visits {

	private static final int LONGEST_WAY = 3;

	private final Set<Transition> visited = new LinkedHashSet<>();

	private final SupervisorState before;

	private final Event event;

	private final Duration now;

	private final SupervisorState after;

	private Visits(SupervisorState before, Event event, Duration now, SupervisorState after) {
		this.before = before;
		this.event = event;
		this.now = now;
		this.after = after;
	}

	static Set<Transition> of(SupervisorState before, Event event, Duration now, SupervisorState after) {
		Visits visits = new Visits(before, event, now, after);
		before.workers().forEach(visits::visit);
		return visits.visited;
	}

	private void visit(Worker worker) {
		WorkerState state = worker.state();
		Trigger trigger = TriggerOfEvent.of(this.event, this.before, worker);
		if (trigger != null) {
			state = visit(worker, state, trigger);
		}
		boolean untouched = state == worker.state() && !(this.event instanceof Event.WorkerHeard)
				&& !(this.event instanceof Event.MasterDelayed);
		if (untouched && worker.isOverdue(this.now)) {
			state = visit(worker, state, Trigger.OVERDUE);
		}
		Worker left = this.after.find(worker.id());
		WorkerState goal = (left != null) ? left.state() : WorkerState.GONE;
		List<Transition> way = way(state, goal, LONGEST_WAY);
		assertThat(way).as("a way of %s from %s to %s", worker, state, goal).isNotNull();
		if (way != null) {
			this.visited.addAll(way);
		}
	}

	private WorkerState visit(Worker worker, WorkerState state, Trigger trigger) {
		Transition row = TransitionTable.find(state, trigger);
		assertThat(row).as("%s of %s", trigger, worker).isNotNull();
		if (row == null) {
			return state;
		}
		this.visited.add(row);
		return row.to();
	}

	private @Nullable List<Transition> way(WorkerState from, WorkerState to, int longest) {
		if (from == to) {
			return List.of();
		}
		for (int length = 1; length <= longest; length++) {
			for (Trigger trigger : triggersOfItsOwn()) {
				Transition row = TransitionTable.find(from, trigger);
				List<Transition> rest = (row != null && row.to() != from) ? way(row.to(), to, length - 1) : null;
				if (row != null && rest != null) {
					Set<Transition> whole = new LinkedHashSet<>(rest);
					whole.add(row);
					return List.copyOf(whole);
				}
			}
		}
		return null;
	}

	/**
	 * What the supervisor does to workers without being told so.
	 */
	private Set<Trigger> triggersOfItsOwn() {
		Set<Trigger> triggers = EnumSet.of(Trigger.PROMOTE, Trigger.REPLACE, Trigger.OVERDUE);
		if (this.after.isStopping()) {
			triggers.add(Trigger.QUICK_STOP);
		}
		return triggers;
	}

}
