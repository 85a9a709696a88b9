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
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Everything the supervisor remembers.
 *
 * @param generation the generation that new workers belong to
 * @param phase what the service as a whole is doing
 * @param slots all slots, in order
 * @param ending why and how the master ends; {@code null} while it runs
 */
public record SupervisorState(int generation, Phase phase, List<Slot> slots, @Nullable Ending ending) {

	public SupervisorState {
		slots = List.copyOf(slots);
	}

	/**
	 * The state before anything has happened.
	 * @param workers the number of slots
	 * @return the state
	 */
	public static SupervisorState initial(int workers) {
		List<Slot> slots = new ArrayList<>();
		for (int i = 0; i < workers; i++) {
			slots.add(Slot.empty(i));
		}
		return new SupervisorState(1, Phase.BOOTING, slots, null);
	}

	/**
	 * Stream all workers whose processes have not ended.
	 * @return the workers in slot order
	 */
	public Stream<Worker> workers() {
		return this.slots.stream().flatMap((slot) -> slot.workers().stream());
	}

	/**
	 * Count the slots with a ready worker.
	 * @return the count
	 */
	public int ready() {
		return (int) this.slots.stream().filter(Slot::isReady).count();
	}

	/**
	 * Find a worker.
	 * @param id the worker
	 * @return the worker, or {@code null} if its process has ended or it never existed
	 */
	public @Nullable Worker find(WorkerId id) {
		return (id.slot() < this.slots.size()) ? this.slots.get(id.slot()).find(id) : null;
	}

	boolean isStopping() {
		return this.phase == Phase.STOPPING || this.phase == Phase.STOPPED;
	}

	SupervisorState with(Phase phase) {
		return new SupervisorState(this.generation, phase, this.slots, this.ending);
	}

	SupervisorState with(Slot changed) {
		List<Slot> slots = new ArrayList<>(this.slots);
		slots.set(changed.index(), changed);
		return new SupervisorState(this.generation, this.phase, slots, this.ending);
	}

	SupervisorState with(Ending ending) {
		return new SupervisorState(this.generation, Phase.STOPPING, this.slots, ending);
	}

	@Nullable Duration nextDeadline() {
		Stream<@Nullable Duration> deadlines = workers().map(Worker::deadline);
		Stream<@Nullable Duration> restarts = (this.phase != Phase.BOOTING) ? this.slots.stream().map(Slot::restartAt)
				: Stream.empty();
		return Stream.concat(deadlines, restarts).filter(Objects::nonNull).min(Duration::compareTo).orElse(null);
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

	/**
	 * How the master ends.
	 *
	 * @param code the exit code, see {@link ExitCodes}
	 * @param reason why
	 */
	public record Ending(int code, String reason) {

	}

}
