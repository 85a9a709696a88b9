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

import org.jspecify.annotations.Nullable;

/**
 * What the supervisor knows about a worker whose process has not ended.
 *
 * @param id the worker
 * @param generation the worker's generation
 * @param state where the worker is in its life
 * @param since when it entered that state
 * @param deadline when it has to have left that state; {@code null} for a state that may
 * last
 * @param readySince when it became ready; {@code null} if it never was
 */
public record Worker(WorkerId id, int generation, WorkerState state, Duration since, @Nullable Duration deadline,
		@Nullable Duration readySince) {

	static Worker starting(WorkerId id, int generation, Duration now, Duration deadline) {
		return new Worker(id, generation, WorkerState.STARTING, now, deadline, null);
	}

	Worker enter(WorkerState state, Duration now, @Nullable Duration deadline) {
		Duration readySince = (state == WorkerState.READY) ? now : this.readySince;
		return new Worker(this.id, this.generation, state, now, deadline, readySince);
	}

	boolean isOverdue(Duration now) {
		return this.deadline != null && this.deadline.compareTo(now) <= 0;
	}

}
