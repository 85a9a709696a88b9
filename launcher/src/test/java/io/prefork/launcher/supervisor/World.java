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

	private final List<String> trace = new ArrayList<>();

	private final Set<Transition> visited = new LinkedHashSet<>();

	private final Processes processes = new Processes();

	private final SupervisorSettings settings;

	private final Supervisor supervisor;

	private SupervisorState state;

	private @Nullable Duration deadline;

	private Duration now = Duration.ZERO;

	World(SupervisorSettings settings) {
		this.settings = settings;
		this.supervisor = new Supervisor(settings);
		this.state = this.supervisor.initialState();
	}

	List<String> trace() {
		return this.trace;
	}

	Set<Transition> visited() {
		return this.visited;
	}

	void begin() {
		step(new Event.MasterStarted());
	}

	void happen(Happening happening) {
		this.now = this.now.plus(happening.after());
		int pick = happening.pick();
		switch (happening.kind()) {
			case READY -> pick(this.processes.alive(), pick, Event.WorkerReady::new);
			case READY_AGAIN -> pick(this.processes.ever(), pick, Event.WorkerReady::new);
			case LEAVE -> pick(this.processes.alive(), pick, Event.WorkerLeaving::new);
			case LEAVE_LATE -> pick(this.processes.ever(), pick, Event.WorkerLeaving::new);
			case CRASH -> pick(this.processes.alive(), pick, this::exit);
			case CRASH_LATE -> pick(this.processes.departed(), pick, (id) -> new Event.WorkerExited(id, "again"));
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
			case STOP -> step(new Event.StopRequested(false));
			case QUICK_STOP -> step(new Event.StopRequested(true));
		}
	}

	/**
	 * A quiet time: everyone does what the master wants, and starting workers get ready.
	 */
	void settle() {
		Duration limit = this.now.plus(this.settings.bootTimeout()).plus(this.settings.drainLimit());
		for (boolean busy = true; busy;) {
			busy = obey(this.processes.told()) || obey(this.processes.leaving(this.state));
			for (WorkerId id : this.processes.starting(this.state)) {
				this.now = this.now.plus(MOMENT);
				step(new Event.WorkerReady(id));
				busy = true;
			}
			if (!busy && this.deadline != null) {
				awaitDeadline();
				busy = true;
			}
			assertThat(this.now).as("quiet time converges").isLessThan(limit);
		}
		if (!this.state.isStopping()) {
			assertThat(this.state.phase()).isEqualTo(Phase.RUNNING);
			assertThat(this.state.ready()).as("every slot is ready").isEqualTo(this.settings.workers());
		}
	}

	/**
	 * The master has to stop although workers obey nothing but SIGKILL.
	 * @param quick whether the stop is a quick one
	 */
	void end(boolean quick) {
		Duration limit = this.now.plus(SupervisorSettings.SIGNAL_GRACE).plus(Duration.ofSeconds(1));
		if (!quick) {
			limit = limit.plus(this.settings.drainLimit());
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

	private void loseDeadline(Duration late) {
		if (this.deadline != null && this.deadline.compareTo(this.now) > 0) {
			this.now = this.deadline.plus(late);
		}
	}

	private void awaitDeadline() {
		if (this.deadline != null) {
			this.now = (this.deadline.compareTo(this.now) > 0) ? this.deadline : this.now;
			step(new Event.DeadlineReached());
		}
	}

	private boolean obey(List<WorkerId> ids) {
		for (WorkerId id : ids) {
			this.now = this.now.plus(MOMENT);
			step(exit(id));
		}
		return !ids.isEmpty();
	}

	private Event exit(WorkerId id) {
		this.processes.exited(id);
		return new Event.WorkerExited(id, "exited");
	}

	private void pick(List<WorkerId> ids, int pick, Function<WorkerId, Event> event) {
		if (!ids.isEmpty()) {
			step(event.apply(ids.get(pick % ids.size())));
		}
	}

	private void step(Event event) {
		SupervisorState before = this.state;
		Step step = this.supervisor.step(before, event, this.now);
		this.trace.add("%s %s -> %s".formatted(Times.format(this.now), event, DecisionText.of(step.decisions())));
		step.decisions().forEach((decision) -> decision.accept(this.processes));
		this.visited.addAll(Visits.of(before, event, this.now, step.state()));
		Invariants.check(before, step, this.now, this.processes);
		this.state = step.state();
		this.deadline = step.deadline();
	}

}
