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
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Everything the supervisor knows. Immutable.
 *
 * @param phase what the service is doing
 * @param generation the generation that serves
 * @param generations the number of the last generation, also of one that failed
 * @param target how many workers there should be: the first so many slots
 * @param slots all slots that were ever wanted, in order
 * @param bench the seats of spares
 * @param reload the reload under way, if there is one
 * @param reloadAgain whether another reload has to follow
 * @param scaleBy by how much the number of workers has to change after the reload
 * @param paused whether nobody should serve although the service runs
 * @param readyAt when somebody served last
 * @param ending how the master ends, once that is settled
 */
public record SupervisorState(Phase phase, Generation generation, int generations, int target, List<Slot> slots,
		List<Slot> bench, @Nullable Reload reload, boolean reloadAgain, int scaleBy, boolean paused, Duration readyAt,
		@Nullable Ending ending) {

	public SupervisorState {
		slots = List.copyOf(slots);
		bench = List.copyOf(bench);
	}

	/**
	 * The state before anything has happened.
	 * @param first the first generation
	 * @return the state
	 */
	public static SupervisorState initial(Generation first) {
		List<Slot> slots = IntStream.range(0, first.workers())
			.mapToObj((number) -> Slot.empty(new Place.InSlot(number)))
			.toList();
		return new SupervisorState(Phase.BOOTING, first, first.number(), first.workers(), slots, List.of(), null, false,
				0, false, Duration.ZERO, null);
	}

	/**
	 * Stream all slots and all seats of spares.
	 * @return the seats, slots first
	 */
	public Stream<Slot> seats() {
		return Stream.concat(this.slots.stream(), this.bench.stream());
	}

	/**
	 * Stream the slots in which a worker should serve.
	 * @return the slots in order
	 */
	public Stream<Slot> wanted() {
		return this.slots.stream().limit(this.target);
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
		Stream<Integer> coming = (this.reload != null) ? Stream.of(this.reload.number()) : Stream.empty();
		return Stream
			.concat(Stream.concat(Stream.of(this.generation.number()), coming),
					workers().map((worker) -> worker.generation().number()))
			.collect(Collectors.toSet());
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
		return (runs() && !this.paused && ready() == 0)
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
		if (this.reload != null) {
			deadlines.add(this.reload.deadline());
			Duration watchedUntil = this.reload.watchedUntil();
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
