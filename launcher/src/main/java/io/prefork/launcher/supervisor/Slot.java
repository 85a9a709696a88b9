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

import org.jspecify.annotations.Nullable;

/**
 * A seat for a worker, with the workers that sit there or are leaving.
 *
 * @param index the number of the slot
 * @param incarnations how many workers the slot has had
 * @param failures how many workers the slot has lost since it last served well
 * @param restartAt when the next worker is due; {@code null} if the slot is manned, or
 * waits for another reason
 * @param workers the workers whose processes have not ended, oldest first
 */
public record Slot(int index, int incarnations, int failures, @Nullable Duration restartAt, List<Worker> workers) {

	public Slot {
		workers = List.copyOf(workers);
	}

	static Slot empty(int index) {
		return new Slot(index, 0, 0, null, List.of());
	}

	/**
	 * Find the worker that occupies this slot.
	 * @return the worker that starts or serves, or {@code null}
	 */
	public @Nullable Worker current() {
		for (Worker worker : this.workers) {
			if (worker.state().mans()) {
				return worker;
			}
		}
		return null;
	}

	boolean isReady() {
		Worker current = current();
		return current != null && current.state() == WorkerState.READY;
	}

	@Nullable Worker find(WorkerId id) {
		for (Worker worker : this.workers) {
			if (worker.id().equals(id)) {
				return worker;
			}
		}
		return null;
	}

	Slot spawn(int generation, Duration now, Duration deadline) {
		int incarnation = this.incarnations + 1;
		List<Worker> workers = new ArrayList<>(this.workers);
		workers.add(Worker.starting(new WorkerId(this.index, incarnation), generation, now, deadline));
		return new Slot(this.index, incarnation, this.failures, null, workers);
	}

	Slot with(Worker changed) {
		List<Worker> workers = new ArrayList<>(this.workers);
		workers.replaceAll((worker) -> worker.id().equals(changed.id()) ? changed : worker);
		if (changed.state() == WorkerState.GONE) {
			workers.remove(changed);
		}
		return new Slot(this.index, this.incarnations, this.failures, this.restartAt, workers);
	}

	Slot failed(int failures, @Nullable Duration restartAt) {
		return new Slot(this.index, this.incarnations, failures, restartAt, this.workers);
	}

}
