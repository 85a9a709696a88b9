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
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A seat for a worker, with the workers that sit there or are leaving: a slot of the
 * service, or the seat of a spare.
 *
 * @param place which slot, or which seat of a spare
 * @param incarnations how many workers were started for it
 * @param backoff when the next worker may be started
 * @param vacantSince since when nobody serves; {@code null} if somebody does, or nobody
 * ever did
 * @param workers the workers whose processes have not ended, oldest first
 * @param departures the workers that have left
 */
public record Slot(Place place, int incarnations, Backoff backoff, @Nullable Duration vacantSince, List<Worker> workers,
		Departures departures) {

	public Slot {
		workers = List.copyOf(workers);
	}

	static Slot empty(Place place) {
		return new Slot(place, 0, new Backoff(0, null), null, List.of(), Departures.NONE);
	}

	/**
	 * How many workers this seat has lost since it last served well.
	 * @return the count
	 */
	public int failures() {
		return this.backoff.failures();
	}

	/**
	 * The earliest time for the next worker.
	 * @return the time; {@code null} if none is due
	 */
	public @Nullable Duration restartAt() {
		return this.backoff.restartAt();
	}

	/**
	 * The number of the slot, or of the seat of a spare.
	 * @return the number, from 0
	 */
	public int number() {
		return this.place.number();
	}

	/**
	 * Find the worker that serves here, the newest if there are two for a moment.
	 * @return the worker, or {@code null}
	 */
	public @Nullable Worker ready() {
		return newest(Worker::isReady);
	}

	/**
	 * Find the worker that is on its way to serve here.
	 * @return the worker, or {@code null}
	 */
	public @Nullable Worker starting() {
		return newest((worker) -> worker.state() == WorkerState.STARTING);
	}

	/**
	 * Whether one worker serves here, and none is on its way or about to be replaced.
	 * @return {@code true} if so
	 */
	boolean isServedByOne() {
		return ready() != null && this.workers.stream().filter((worker) -> worker.state().mans()).count() == 1;
	}

	@Nullable Worker newest(Predicate<Worker> wanted) {
		return this.workers.stream().filter(wanted).max(Comparator.comparing(Worker::since)).orElse(null);
	}

	boolean isManned() {
		return this.workers.stream().anyMatch((worker) -> worker.state().mans());
	}

	/**
	 * Whether nobody serves here since a moment ago: the worker was lost, and no other
	 * one has failed in its place yet.
	 * @return {@code true} if so
	 */
	boolean hasJustLostItsWorker() {
		return this.vacantSince != null && failures() <= 1;
	}

	boolean isDue(Duration now) {
		return restartAt() == null || restartAt().compareTo(now) <= 0;
	}

	@Nullable Worker find(WorkerId id) {
		return newest((worker) -> worker.id().equals(id));
	}

	Slot spawn(Generation generation, Duration now) {
		int incarnation = this.incarnations + 1;
		return new Slot(this.place, incarnation, new Backoff(failures(), null), this.vacantSince, this.workers,
				this.departures)
			.seat(Worker.starting(new WorkerId(this.place, incarnation), generation, now));
	}

	Slot seat(Worker worker) {
		List<Worker> workers = new ArrayList<>(this.workers);
		workers.removeIf((other) -> other.id().equals(worker.id()));
		workers.add(worker);
		workers.sort(Comparator.comparing((Worker other) -> other.id().isSpare()).reversed().thenComparing(Worker::id));
		return with(workers);
	}

	Slot without(WorkerId id) {
		return with(this.workers.stream().filter((worker) -> !worker.id().equals(id)).toList());
	}

	Slot restart(int failures, @Nullable Duration restartAt) {
		return new Slot(this.place, this.incarnations, new Backoff(failures, restartAt), this.vacantSince, this.workers,
				this.departures);
	}

	Slot vacant(@Nullable Duration since) {
		return new Slot(this.place, this.incarnations, this.backoff, since, this.workers, this.departures);
	}

	Slot departed(Departure departure) {
		return new Slot(this.place, this.incarnations, this.backoff, this.vacantSince, this.workers,
				this.departures.with(departure));
	}

	private Slot with(List<Worker> workers) {
		return new Slot(this.place, this.incarnations, this.backoff, this.vacantSince, workers, this.departures);
	}

	/**
	 * When the next worker may be started.
	 *
	 * @param failures how many workers the seat has lost since it last served well
	 * @param restartAt the earliest time; {@code null} if no worker is due
	 */
	public record Backoff(int failures, @Nullable Duration restartAt) {

	}

}
