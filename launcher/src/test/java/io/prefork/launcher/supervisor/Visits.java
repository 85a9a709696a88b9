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
import java.util.LinkedHashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tells from the outside which rows of the {@link TransitionTable} a step went through,
 * and that the worker is where the row says. Rows of deadlines are seen only in steps
 * where nothing else happened.
 */
final class Visits implements Event.Handler {

	private final Set<Transition> visited = new LinkedHashSet<>();

	private final SupervisorState before;

	private final Duration now;

	private final SupervisorState after;

	private Visits(SupervisorState before, Duration now, SupervisorState after) {
		this.before = before;
		this.now = now;
		this.after = after;
	}

	static Set<Transition> of(SupervisorState before, Event event, Duration now, SupervisorState after) {
		Visits visits = new Visits(before, now, after);
		event.accept(visits);
		return visits.visited;
	}

	@Override
	public void masterStarted(Event.MasterStarted event) {
	}

	@Override
	public void deadlineReached(Event.DeadlineReached event) {
		this.before.workers()
			.filter((worker) -> worker.isOverdue(this.now))
			.forEach((worker) -> visit(worker, Trigger.OVERDUE));
	}

	@Override
	public void workerReady(Event.WorkerReady event) {
		visit(event.id(), Trigger.READY);
	}

	@Override
	public void workerLeaving(Event.WorkerLeaving event) {
		visit(event.id(), Trigger.LEAVE);
	}

	@Override
	public void workerExited(Event.WorkerExited event) {
		visit(event.id(), Trigger.EXIT);
	}

	@Override
	public void listenFailed(Event.ListenFailed event) {
	}

	@Override
	public void stopRequested(Event.StopRequested event) {
		Trigger trigger = (event.quick() || this.before.isStopping()) ? Trigger.QUICK_STOP : Trigger.STOP;
		this.before.workers().forEach((worker) -> visit(worker, trigger));
	}

	private void visit(WorkerId id, Trigger trigger) {
		Worker worker = this.before.find(id);
		if (worker != null) {
			visit(worker, trigger);
		}
	}

	private void visit(Worker worker, Trigger trigger) {
		Transition row = TransitionTable.find(worker.state(), trigger);
		boolean late = trigger != Trigger.OVERDUE && worker.isOverdue(this.now);
		if (row == null || late) {
			return;
		}
		Worker moved = this.after.find(worker.id());
		assertThat((moved != null) ? moved.state() : WorkerState.GONE).as("%s after %s", worker, trigger)
			.isEqualTo(row.to());
		this.visited.add(row);
	}

}
