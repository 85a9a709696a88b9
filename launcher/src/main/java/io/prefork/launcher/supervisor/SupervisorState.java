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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Everything the supervisor knows. Immutable.
 *
 * @param phase what the service is doing
 * @param generation the generation that serves
 * @param seating the slots, and the seats of spares
 * @param plans what was asked for and is not done
 * @param readyAt when somebody served last
 * @param ending how the master ends, once that is settled
 */
public record SupervisorState(Phase phase, Generation generation, Seating seating, Plans plans, Duration readyAt,
		@Nullable Ending ending) {

	/**
	 * The state before anything has happened.
	 * @param first the first generation
	 * @return the state
	 */
	public static SupervisorState initial(Generation first) {
		return new SupervisorState(Phase.BOOTING, first, Seating.of(first.workers()), Plans.none(first.number()),
				Duration.ZERO, null);
	}

	public List<Slot> slots() {
		return this.seating.slots();
	}

	public List<Slot> bench() {
		return this.seating.bench();
	}

	/**
	 * Who does what only one worker may do.
	 * @return the roles
	 */
	public Roles roles() {
		return this.seating.roles();
	}

	/**
	 * How many workers there should be.
	 * @return the number of slots, from the first one on
	 */
	public int target() {
		return this.seating.target();
	}

	public @Nullable Reload reload() {
		return this.plans.reload();
	}

	/**
	 * Whether nobody should serve although the service runs.
	 * @return {@code true} if it is paused
	 */
	public boolean paused() {
		return this.plans.paused();
	}

	/**
	 * Stream all slots and all seats of spares.
	 * @return the seats, slots first
	 */
	public Stream<Slot> seats() {
		return Stream.concat(slots().stream(), bench().stream());
	}

	/**
	 * Stream the slots in which a worker should serve.
	 * @return the slots in order
	 */
	public Stream<Slot> wanted() {
		return slots().stream().limit(target());
	}

	/**
	 * Stream all workers whose processes have not ended.
	 * @return the workers, those of slots first
	 */
	public Stream<Worker> workers() {
		return seats().flatMap((slot) -> slot.workers().stream());
	}

	/**
	 * Count the slots with a ready worker.
	 * @return the count
	 */
	public int ready() {
		return (int) wanted().filter((slot) -> slot.ready() != null).count();
	}

	/**
	 * Whether a worker that is not needed any more is better than nobody: a slot has just
	 * lost its own, and there are no more ready workers than wanted.
	 * @return {@code true} as long as that worker should serve on
	 */
	boolean isShort() {
		long ready = slots().stream().flatMap((slot) -> slot.workers().stream()).filter(Worker::isReady).count();
		return ready <= target() && wanted().anyMatch(Slot::hasJustLostItsWorker);
	}

	/**
	 * Find a worker.
	 * @param id the worker
	 * @return the worker, or {@code null} if its process has ended or it never existed
	 */
	public @Nullable Worker find(WorkerId id) {
		return workers().filter((worker) -> worker.id().equals(id)).findFirst().orElse(null);
	}

	/**
	 * Find where a worker sits.
	 * @param id the worker
	 * @return the slot or the seat of a spare, or {@code null}
	 */
	public @Nullable Slot seatOf(WorkerId id) {
		return seats().filter((slot) -> slot.find(id) != null).findFirst().orElse(null);
	}

	/**
	 * The generations of which there are workers or may be some.
	 * @return the numbers
	 */
	public Set<Integer> generationsInUse() {
		Stream<Integer> coming = Stream.ofNullable(reload()).map(Reload::number);
		return Stream
			.concat(Stream.concat(Stream.of(this.generation.number()), coming),
					workers().map((worker) -> worker.generation().number()))
			.collect(Collectors.toSet());
	}

	SupervisorState with(Phase phase) {
		return new SupervisorState(phase, this.generation, this.seating, this.plans, this.readyAt, this.ending);
	}

	SupervisorState with(Generation generation) {
		return new SupervisorState(this.phase, generation, this.seating, this.plans, this.readyAt, this.ending);
	}

	SupervisorState with(Seating seating) {
		return new SupervisorState(this.phase, this.generation, seating, this.plans, this.readyAt, this.ending);
	}

	SupervisorState with(Plans plans) {
		return new SupervisorState(this.phase, this.generation, this.seating, plans, this.readyAt, this.ending);
	}

	SupervisorState readyAt(Duration readyAt) {
		return new SupervisorState(this.phase, this.generation, this.seating, this.plans, readyAt, this.ending);
	}

	/**
	 * The same at the beginning of the end: what was planned is forgotten.
	 * @param ending how the master ends
	 * @return the state
	 */
	SupervisorState ending(Ending ending) {
		return new SupervisorState(Phase.STOPPING, this.generation, this.seating, Plans.none(this.plans.generations()),
				this.readyAt, ending);
	}

	boolean isStopping() {
		return this.phase == Phase.STOPPING || this.phase == Phase.STOPPED;
	}

	boolean runs() {
		return this.phase == Phase.FILLING || this.phase == Phase.RUNNING;
	}

	/**
	 * When the master has to give up.
	 * @return the time, or {@code null} as long as there is no reason to
	 */
	@Nullable Duration giveUpAt() {
		return (runs() && !paused() && ready() == 0)
				? this.readyAt.plus(this.generation.settings().restart().giveUpAfter()) : null;
	}

	@Nullable Duration nextDeadline(Duration now) {
		List<@Nullable Duration> deadlines = new ArrayList<>();
		workers().forEach((worker) -> {
			deadlines.add(worker.deadline());
			deadlines.add(isStopping() ? null : worker.oldAt());
		});
		if (runs()) {
			seats().filter((slot) -> !slot.isDue(now)).map(Slot::restartAt).forEach(deadlines::add);
			deadlines.add(giveUpAt());
		}
		Reload reload = reload();
		if (reload != null) {
			deadlines.add(reload.deadline());
			Duration watchedUntil = reload.watchedUntil();
			deadlines.add((watchedUntil != null && watchedUntil.compareTo(now) > 0) ? watchedUntil : null);
		}
		return deadlines.stream().filter(Objects::nonNull).min(Duration::compareTo).orElse(null);
	}

	/**
	 * What the service as a whole is doing.
	 */
	public enum Phase {

		/**
		 * No worker has been ready yet.
		 */
		BOOTING,

		/**
		 * A worker has been ready; start-up has not been announced.
		 */
		FILLING,

		/**
		 * The service runs.
		 */
		RUNNING,

		/**
		 * The service ends as soon as its workers have.
		 */
		STOPPING,

		/**
		 * Nothing is left.
		 */
		STOPPED

	}

}
