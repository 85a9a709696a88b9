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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.RandomHistory.Happening;
import io.prefork.launcher.supervisor.SupervisorState.Phase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes and time as a supervisor sees them. Each step is checked against the
 * {@link Invariants}.
 */
final class World {

	private static final Duration MOMENT = Duration.ofMillis(10);

	private static final Duration HEARTBEAT = Duration.ofSeconds(1);

	private final List<String> trace = new ArrayList<>();

	private final Set<Transition> visited = new LinkedHashSet<>();

	private final Processes processes = new Processes();

	private final Invariants invariants;

	private final String settings;

	private final boolean calm;

	private SupervisorState state;

	private @Nullable Duration deadline;

	private Duration now = Duration.ZERO;

	World(String settings, boolean calm) {
		this.settings = settings;
		this.calm = calm;
		this.invariants = new Invariants(this.processes, calm);
		this.state = SupervisorState.initial(SettingsText.parse(1, settings));
	}

	List<String> trace() {
		return this.trace;
	}

	Set<Transition> visited() {
		return this.visited;
	}

	void begin() {
		step(new Event.MasterStarted(false));
		if (this.calm) {
			this.processes.starting(this.state).forEach((id) -> step(new Event.WorkerReady(id, 0)));
		}
	}

	void happen(Happening happening) {
		this.now = this.now.plus(happening.after());
		int pick = happening.pick();
		boolean onTime = this.deadline == null || this.deadline.compareTo(this.now) > 0;
		if (this.calm && !onTime) {
			this.processes.starting(this.state).forEach((id) -> step(new Event.WorkerReady(id, 0)));
		}
		switch (happening.kind()) {
			case READY -> pick(this.processes.starting(this.state), pick, (id) -> new Event.WorkerReady(id, 200));
			case READY_AGAIN -> pick(again(), pick, (id) -> new Event.WorkerReady(id, 0));
			case READY_BUT_FAILING -> pick(this.processes.alive(), pick, (id) -> new Event.WorkerReady(id, 503));
			case LEAVE -> pick(this.processes.alive(), pick, Event.WorkerLeaving::new);
			case LEAVE_LATE -> pick(this.processes.ever(), pick, Event.WorkerLeaving::new);
			case LOSE_CONTROL -> pick(this.processes.ever(), pick, Event.WorkerLost::new);
			case HEAR -> pick(this.processes.ever(), pick, (id) -> Heartbeat.heard(id, pick % 400, 0, 0));
			case HEAR_SILENT -> pick(this.processes.alive(), pick, (id) -> Heartbeat.silent(id, pick % 12));
			case HEAR_LARGE -> pick(this.processes.alive(), pick % 2, (id) -> Heartbeat.heard(id, 10, 0, 5000));
			case HEAR_BUSY -> pick(this.processes.alive(), pick, (id) -> Heartbeat.heard(id, 3L * pick, 0, 0));
			case HEAR_ERRORS -> pick(this.processes.alive(), pick, (id) -> Heartbeat.heard(id, 50, 50, 0));
			case CRASH -> pick(this.processes.alive(), pick, this::exit);
			case OUT_OF_MEMORY -> pick(this.processes.alive(), pick, (id) -> exit(id, true));
			case CRASH_LATE -> pick(this.processes.departed(), pick, (id) -> exit(id, false));
			case OBEY -> pick(this.processes.told(), pick, this::exit);
			case LISTEN_FAILS -> {
				// Before anybody serves it is the end, which would hide the rest.
				if (this.state.phase() != Phase.BOOTING || pick < 100) {
					pick(this.processes.ever(), pick, (id) -> new Event.ListenFailed(id, pick, "in use"));
				}
			}
			case DEADLINE -> awaitDeadline();
			case DEADLINE_LOST -> loseDeadline(happening.after());
			case DEADLINE_EARLY -> step(new Event.DeadlineReached());
			case DELAY -> {
				Duration by = Duration.ofSeconds(pick / 10);
				this.now = this.now.plus(by);
				step(new Event.MasterDelayed(by));
			}
			case SCALE_BY -> step(new Event.ScaleRequested(pick % 5 - 2, true));
			case SCALE_TO -> step(new Event.ScaleRequested(pick % 6, false));
			case RECYCLE -> step(new Event.RecycleRequested(pick % 5));
			case RELOAD -> step(new Event.ReloadRequested());
			case PREPARE -> prepare(new Random(pick));
			case REFUSE -> refuse();
			case PREPARE_LATE -> prepareLate(pick % 3);
			case PAUSE -> step(new Event.PauseRequested());
			case HAND_OVER -> step(new Event.HandedOver());
			case STOP -> step(new Event.StopRequested(false));
			case QUICK_STOP -> step(new Event.StopRequested(true));
		}
	}

	/**
	 * A quiet time: everyone does what the master wants, starting workers get ready, and
	 * all are heard.
	 */
	void settle() {
		if (this.state.paused()) {
			step(new Event.ScaleRequested(1, true));
		}
		Duration limit = this.now.plus(Duration.ofMinutes(4));
		while (!isSettled()) {
			boolean busy = obey(this.processes.told()) || obey(this.processes.leaving(this.state));
			for (WorkerId id : this.processes.starting(this.state)) {
				this.now = this.now.plus(MOMENT);
				step(new Event.WorkerReady(id, 200));
				busy = true;
			}
			if (this.processes.preparing() > 0) {
				prepare(new Random(0));
				busy = true;
			}
			hearAll();
			if (!busy && !isSettled()) {
				assertThat(this.deadline).as("the supervisor waits for something").isNotNull();
				pass(HEARTBEAT);
			}
			assertThat(this.now).as("quiet time converges").isLessThan(limit);
		}
	}

	/**
	 * The master has to stop although workers obey nothing but SIGKILL.
	 * @param quick whether the stop is a quick one
	 */
	void end(boolean quick) {
		Duration limit = this.now.plus(TimeLimits.SIGNAL_GRACE).plus(Duration.ofSeconds(1));
		if (!quick) {
			limit = limit.plus(this.state.generation().settings().limits().drain());
		}
		step(new Event.StopRequested(quick));
		while (this.state.phase() != Phase.STOPPED) {
			if (!obey(this.processes.killed())) {
				assertThat(this.deadline).as("there is a deadline while workers are left").isNotNull();
				awaitDeadline();
			}
			assertThat(this.now).as("the end comes within its bounds").isLessThan(limit);
		}
	}

	private boolean isSettled() {
		if (this.state.isStopping()) {
			return this.state.workers().findAny().isEmpty();
		}
		int generation = this.state.generation().number();
		long spares = this.state.bench()
			.stream()
			.filter((seat) -> seat.newest((worker) -> worker.state() == WorkerState.SPARE) != null)
			.count();
		return this.state.phase() == Phase.RUNNING && this.state.reload() == null && !this.state.plans().reloadAgain()
				&& this.state.ready() == this.state.target()
				&& spares == this.state.generation().settings().capacity().spares()
				&& this.state.workers().count() == this.state.target() + spares
				&& this.state.workers().allMatch((worker) -> worker.generation().number() == generation);
	}

	private void hearAll() {
		this.state.workers()
			.filter((worker) -> worker.isReady() || worker.state() == WorkerState.SPARE
					|| worker.state() == WorkerState.HUNG)
			.map(Worker::id)
			.toList()
			.forEach((id) -> step(Heartbeat.heard(id, 10, 0, 0)));
	}

	private void prepare(Random random) {
		int generation = this.processes.preparing();
		if (generation > 0) {
			this.processes.prepared();
			step(new Event.GenerationPrepared(
					SettingsText.parse(generation, this.settings, RandomSettings.later(random))));
		}
	}

	private void prepareLate(int generation) {
		if (generation != this.processes.preparing()) {
			step(new Event.GenerationPrepared(SettingsText.parse(generation, this.settings)));
		}
	}

	private void refuse() {
		int generation = this.processes.preparing();
		if (generation > 0) {
			step(new Event.GenerationRefused(generation, "no jar"));
			this.processes.prepared();
		}
	}

	private void loseDeadline(Duration late) {
		if (this.deadline != null && this.deadline.compareTo(this.now) > 0) {
			this.now = this.deadline.plus(late);
		}
	}

	private void awaitDeadline() {
		if (this.calm && !this.processes.starting(this.state).isEmpty()) {
			return;
		}
		if (this.deadline != null) {
			this.now = (this.deadline.compareTo(this.now) > 0) ? this.deadline : this.now;
			step(new Event.DeadlineReached());
		}
	}

	private void pass(Duration time) {
		Duration until = this.now.plus(time);
		if (this.deadline != null && this.deadline.compareTo(until) < 0) {
			awaitDeadline();
		}
		else {
			this.now = until;
		}
	}

	private boolean obey(List<WorkerId> ids) {
		for (WorkerId id : ids) {
			this.now = this.now.plus(MOMENT);
			step(exit(id));
		}
		return !ids.isEmpty();
	}

	private List<WorkerId> again() {
		List<WorkerId> starting = this.processes.starting(this.state);
		return this.processes.ever().stream().filter((id) -> !starting.contains(id)).toList();
	}

	private Event exit(WorkerId id) {
		return exit(id, false);
	}

	private Event exit(WorkerId id, boolean outOfMemory) {
		this.processes.exited(id);
		return new Event.WorkerExited(id, new WorkerExit(new ProcessEnd.Exited(1), "", outOfMemory));
	}

	private void pick(List<WorkerId> ids, int pick, Function<WorkerId, Event> event) {
		if (!ids.isEmpty()) {
			step(event.apply(ids.get(pick % ids.size())));
		}
	}

	private void step(Event event) {
		SupervisorState before = this.state;
		Step step = Supervisor.step(before, event, this.now);
		this.trace.add("%s %s -> %s".formatted(Times.format(this.now), event, DecisionText.of(step.decisions())));
		step.decisions().forEach((decision) -> decision.accept(this.processes));
		this.visited.addAll(Visits.of(before, event, this.now, step.state()));
		this.invariants.check(before, step, this.now);
		this.state = step.state();
		this.deadline = step.deadline();
	}

}
