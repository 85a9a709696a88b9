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

/**
 * Where a worker is in its life.
 */
public enum WorkerState {

	/**
	 * The process was asked for and has not said that it is ready.
	 */
	STARTING,

	/**
	 * The worker has booted and waits for a slot to take over.
	 */
	SPARE,

	/**
	 * The worker serves.
	 */
	READY,

	/**
	 * The worker was silent for too long; another one takes its place.
	 */
	HUNG,

	/**
	 * The worker finishes what is in flight and exits by itself.
	 */
	DRAINING,

	/**
	 * The worker was told to end now: SIGTERM, or a drain without a budget.
	 */
	TERMINATING,

	/**
	 * SIGKILL was sent.
	 */
	KILLING,

	/**
	 * The process has ended.
	 */
	GONE;

	/**
	 * Whether a worker in this state occupies its slot, now or soon.
	 * @return {@code true} for a worker that starts, waits or serves
	 */
	boolean mans() {
		return this == STARTING || this == SPARE || this == READY;
	}

	/**
	 * Whether a worker in this state has been told to end without a drain.
	 * @return {@code true} if it is about to be gone
	 */
	boolean isEnding() {
		return this == TERMINATING || this == KILLING;
	}

}
