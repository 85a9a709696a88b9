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
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.SupervisorState.Phase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds after every step, whatever happened, and what holds besides as long as
 * nothing happens that nobody planned.
 */
final class Invariants {

	private final Processes processes;

	private final boolean calm;

	/**
	 * The slots that have had a ready worker since they were last wanted.
	 */
	private final Set<Integer> served = new TreeSet<>();

	/**
	 * Those that were told to lead, and neither to follow nor have ended.
	 */
	private final Set<WorkerId> leaders = new TreeSet<>();

	private @Nullable WorkerId initializing;

	private int initialized;

	Invariants(Processes processes, boolean calm) {
		this.processes = processes;
		this.calm = calm;
	}

	void check(SupervisorState before, Step step, Duration now) {
		SupervisorState after = step.state();
		after.seats().forEach((slot) -> check(slot, after, now));
		assertThat(after.workers().map(Worker::id).sorted().toList()).as("the supervisor knows each process")
			.isEqualTo(this.processes.alive().stream().sorted().toList());
		assertThat(after.phase()).as("no way back").isGreaterThanOrEqualTo(before.phase());
		if (before.ending() != null) {
			assertThat(after.ending()).as("the reason for the end is settled").isEqualTo(before.ending());
		}
		checkDeadline(step.deadline(), after, now);
		checkSurge(before, step);
		checkLeader(step);
		checkSpawned(before, step);
		if (this.calm) {
			checkAvailability(after);
		}
	}

	private void check(Slot slot, SupervisorState state, Duration now) {
		long manning = slot.workers().stream().filter((worker) -> worker.state().mans()).count();
		boolean slotOfService = slot.place() instanceof Place.InSlot;
		require(manning <= (slotOfService ? 2 : 1), "too many workers man", slot);
		require(slot.workers().stream().noneMatch((worker) -> worker.isOverdue(now)), "somebody is overdue in", slot);
		require(slot.workers().stream().filter((worker) -> worker.state() == WorkerState.STARTING).count() <= 1,
				"two workers start for", slot);
		boolean wanted = slotOfService && slot.number() < state.target() && !state.paused();
		if (state.runs() && wanted) {
			require(manning > 0 || slot.restartAt() != null, "nobody mans, or will man,", slot);
		}
		if (state.runs() && slotOfService && !wanted) {
			require(manning == 0 || state.isShort(), "somebody mans although nobody should", slot);
		}
		if (state.isStopping()) {
			require(manning == 0 && slot.restartAt() == null, "a stopping master fills", slot);
		}
	}

	/**
	 * As long as somebody serves there is a leader, who serves; never two were told that
	 * they are it.
	 */
	private void checkLeader(Step step) {
		SupervisorState after = step.state();
		WorkerId leader = after.roles().leader();
		for (Decision decision : step.decisions()) {
			if (decision instanceof Decision.Lead lead && lead.leads()) {
				this.leaders.add(lead.id());
			}
			else if (decision instanceof Decision.Lead lead) {
				this.leaders.remove(lead.id());
			}
		}
		this.leaders.retainAll(this.processes.alive());
		Worker leading = (leader != null) ? after.find(leader) : null;
		require(leader == null || !after.runs() || (leading != null && leading.isReady()),
				"the leader does not serve in", after);
		require(leader != null || !after.runs() || after.ready() == 0, "nobody leads in", after);
		require(!after.runs() || this.leaders.equals((leader != null) ? Set.of(leader) : Set.of()), "the leaders are",
				this.leaders);
	}

	/**
	 * Once somebody who initialises the service has been ready nobody else does it, and
	 * never two at once; so with each generation where that is asked for. Everybody knows
	 * how many workers there should be.
	 */
	private void checkSpawned(SupervisorState before, Step step) {
		int target = step.state().target();
		for (Decision decision : step.decisions()) {
			require(!(decision instanceof Decision.Spawn spawn) || spawn.workers() == target
					|| spawn.workers() == before.target(), "somebody is told of other workers than there are:",
					decision);
			if (decision instanceof Decision.Spawn spawn && spawn.initializes()) {
				require(this.initializing == null || step.state().find(this.initializing) == null
						|| this.initialized > 0, "two initialise:", spawn);
				this.initializing = spawn.id();
			}
		}
		int initialized = step.state().roles().initialized();
		require(initialized >= this.initialized, "it was initialised already:", step.state());
		this.initialized = initialized;
	}

	private void checkDeadline(@Nullable Duration deadline, SupervisorState after, Duration now) {
		if (deadline != null) {
			require(deadline.compareTo(now) > 0, "the next deadline does not lie ahead:", deadline);
		}
		boolean waits = after.phase() == Phase.STOPPING || after.reload() != null
				|| (after.runs() && !after.paused() && after.ready() == 0);
		require(!waits || deadline != null, "somebody is waited for without a deadline:", after);
	}

	/**
	 * After a step that starts a worker beside a ready one no more than target + surge
	 * live, whatever has brought them about. Where no surge is allowed, none starts
	 * there.
	 */
	private void checkSurge(SupervisorState before, Step step) {
		SupervisorState after = step.state();
		Set<WorkerId> drained = new TreeSet<>();
		Set<Integer> filled = new TreeSet<>();
		for (Decision decision : step.decisions()) {
			if (decision instanceof Decision.Drain drain && !drain.lastCall()) {
				drained.add(drain.id());
			}
			if (decision instanceof Decision.Spawn spawn && !spawn.id().isSpare()) {
				filled.add(spawn.id().place().number());
			}
		}
		boolean planned = filled.stream()
			.map((index) -> after.slots().get(index))
			.anyMatch((slot) -> slot.ready() != null
					|| slot.workers().stream().map(Worker::id).anyMatch(drained::contains));
		if (planned) {
			long live = after.slots()
				.stream()
				.flatMap((slot) -> slot.workers().stream())
				.filter((worker) -> !worker.state().isEnding() && worker.state() != WorkerState.HUNG)
				.count();
			Capacity capacity = goal(after);
			require(capacity.surge() > 0, "without surge somebody starts beside the one to be replaced in", after);
			int target = Math.max(before.target(), after.target());
			require(live <= target + capacity.surge(), "planned work exceeds the surge in", after);
		}
	}

	/**
	 * At most max-unavailable slots that had a ready worker have none, as long as nobody
	 * crashes, hangs or leaves.
	 */
	private void checkAvailability(SupervisorState after) {
		this.served.removeIf((index) -> index >= after.target());
		after.wanted().filter((slot) -> slot.ready() != null).map(Slot::number).forEach(this.served::add);
		long unavailable = this.served.stream().filter((index) -> after.slots().get(index).ready() == null).count();
		require(after.isStopping() || unavailable <= goal(after).maxUnavailable(),
				"planned work leaves too many slots without a ready worker in", after);
	}

	private static Capacity goal(SupervisorState state) {
		return new Draft(state, Duration.ZERO).goal().settings().capacity();
	}

	/**
	 * An assertion that costs nothing as long as it holds.
	 */
	private static void require(boolean holds, String otherwise, Object what) {
		if (!holds) {
			throw new AssertionError(otherwise + " " + what);
		}
	}

}
