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
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.SupervisorState.Ending;
import io.prefork.launcher.supervisor.SupervisorState.Phase;
import io.prefork.launcher.supervisor.Transition.Action;

/**
 * Gathers the changes and decisions of one step.
 */
final class StepBuilder {

	private final SupervisorSettings settings;

	private final Duration now;

	private final List<Decision> decisions = new ArrayList<>();

	private SupervisorState state;

	StepBuilder(SupervisorSettings settings, SupervisorState state, Duration now) {
		this.settings = settings;
		this.state = state;
		this.now = now;
	}

	boolean isStopping() {
		return this.state.isStopping();
	}

	boolean hasServed() {
		return this.state.phase() != Phase.BOOTING;
	}

	boolean knows(WorkerId id) {
		return this.state.find(id) != null;
	}

	/**
	 * Whether every slot has lost its first worker and none was ever ready.
	 * @return {@code true} if there is no hope
	 */
	boolean nobodyBooted() {
		return this.state.phase() == Phase.BOOTING
				&& this.state.slots().stream().allMatch((slot) -> slot.failures() > 0 && slot.workers().isEmpty());
	}

	void add(Decision decision) {
		this.decisions.add(decision);
	}

	void spawnAll() {
		this.state.slots().forEach(this::spawn);
	}

	/**
	 * Take a worker through one transition.
	 * @param id the worker; nothing happens if it is gone
	 * @param trigger what happened to it
	 */
	void fire(WorkerId id, Trigger trigger) {
		Worker worker = this.state.find(id);
		if (worker == null) {
			return;
		}
		Transition transition = TransitionTable.find(worker.state(), trigger);
		if (transition == null) {
			add(new Decision.Incident("worker=%d %s while %s".formatted(id.slot(), trigger, worker.state())));
			return;
		}
		if (transition.to() != worker.state() || transition.action() != Action.NONE) {
			enter(worker, transition.to());
		}
		act(worker, trigger, transition.action());
	}

	/**
	 * Begin to end, or end faster.
	 * @param ending how the master ends, unless that was settled before
	 * @param trigger what every worker is told
	 */
	void end(Ending ending, Trigger trigger) {
		if (!isStopping()) {
			this.state = this.state.with(ending);
			this.state.slots().forEach((slot) -> this.state = this.state.with(slot.failed(slot.failures(), null)));
			add(new Decision.CloseListeners());
		}
		this.state.workers().toList().forEach((worker) -> fire(worker.id(), trigger));
	}

	void expireDeadlines() {
		this.state.workers()
			.filter((worker) -> worker.isOverdue(this.now))
			.toList()
			.forEach((worker) -> fire(worker.id(), Trigger.OVERDUE));
	}

	void fillSlots() {
		for (Slot slot : this.state.slots()) {
			Duration restartAt = slot.restartAt();
			if (restartAt != null && hasServed() && restartAt.compareTo(this.now) <= 0) {
				spawn(slot);
			}
		}
	}

	void announceWhenSettled() {
		if (this.state.phase() == Phase.FILLING && this.state.ready() > 0
				&& this.state.slots().stream().allMatch((slot) -> slot.isReady() || slot.failures() > 0)) {
			this.state = this.state.with(Phase.RUNNING);
			add(new Decision.Announce(this.state.generation(), this.state.ready(), this.settings.workers(), this.now));
		}
	}

	void finishWhenEmpty() {
		Ending ending = this.state.ending();
		if (ending != null && this.state.phase() == Phase.STOPPING && this.state.workers().findAny().isEmpty()) {
			this.state = this.state.with(Phase.STOPPED);
			add(new Decision.Finish(ending.code(), ending.reason()));
		}
	}

	Step build() {
		return new Step(this.state, this.decisions, this.state.nextDeadline());
	}

	private void spawn(Slot slot) {
		Slot spawned = slot.spawn(this.state.generation(), this.now, this.now.plus(this.settings.bootTimeout()));
		this.state = this.state.with(spawned);
		add(new Decision.Spawn(new WorkerId(spawned.index(), spawned.incarnations()), this.state.generation()));
	}

	private void enter(Worker worker, WorkerState to) {
		Slot slot = this.state.slots().get(worker.id().slot());
		Slot changed = slot.with(worker.enter(to, this.now, deadline(to)));
		if (worker.state().mans() && !to.mans() && !isStopping()) {
			changed = lose(changed, worker);
		}
		this.state = this.state.with(changed);
		if (to == WorkerState.READY && this.state.phase() == Phase.BOOTING) {
			this.state = this.state.with(Phase.FILLING);
		}
	}

	private Slot lose(Slot slot, Worker worker) {
		Duration readySince = worker.readySince();
		RestartPolicy restart = this.settings.restart();
		boolean servedWell = readySince != null && this.now.minus(readySince).compareTo(restart.resetAfter()) >= 0;
		int failures = servedWell ? 1 : slot.failures() + 1;
		return slot.failed(failures, this.now.plus(restart.delay(failures)));
	}

	private @Nullable Duration deadline(WorkerState state) {
		return switch (state) {
			case STARTING -> this.now.plus(this.settings.bootTimeout());
			case DRAINING -> this.now.plus(this.settings.drainLimit());
			case TERMINATING, KILLING -> this.now.plus(SupervisorSettings.SIGNAL_GRACE);
			case READY, GONE -> null;
		};
	}

	private void act(Worker worker, Trigger trigger, Action action) {
		WorkerId id = worker.id();
		if (trigger == Trigger.OVERDUE) {
			add(new Decision.Report(id, "is still %s after %d s".formatted(
					worker.state().name().toLowerCase(Locale.ROOT), this.now.minus(worker.since()).toSeconds())));
		}
		switch (action) {
			case NONE -> {
			}
			case ACCEPT -> add(new Decision.Accept(id));
			case DRAIN ->
				add(new Decision.Drain(id, this.settings.gracefulTimeout(), SupervisorSettings.IDLE_GRACE_ON_STOP));
			case HURRY -> add(new Decision.Drain(id, Duration.ZERO, Duration.ZERO));
			case TERMINATE -> add(new Decision.Terminate(id));
			case KILL -> add(new Decision.Kill(id));
		}
	}

}
