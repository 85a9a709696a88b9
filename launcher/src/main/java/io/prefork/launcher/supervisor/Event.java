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

/**
 * What the supervisor is told. Events about workers that are gone are legal and change
 * nothing.
 */
public sealed interface Event {

	/**
	 * Call the method for this event.
	 * @param receiver whose method
	 */
	void accept(EventReceiver receiver);

	/**
	 * The master runs; nothing has happened yet.
	 *
	 * @param succeeds whether the service was another master's before
	 */
	record MasterStarted(boolean succeeds) implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.masterStarted(this);
		}

	}

	/**
	 * A deadline may have passed.
	 */
	record DeadlineReached() implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.deadlineReached(this);
		}

	}

	/**
	 * A worker said that it serves.
	 *
	 * @param id the worker
	 * @param probe the status with which its application answered the worker's own
	 * request; 0 if there was none
	 */
	record WorkerReady(WorkerId id, int probe) implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.workerReady(this);
		}

	}

	/**
	 * A worker drains on its own account.
	 *
	 * @param id the worker
	 */
	record WorkerLeaving(WorkerId id) implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.workerLeaving(this);
		}

	}

	/**
	 * A worker's control connection has ended.
	 *
	 * @param id the worker
	 */
	record WorkerLost(WorkerId id) implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.workerLost(this);
		}

	}

	/**
	 * A worker's heartbeat arrived.
	 *
	 * @param id the worker
	 * @param silence how long its most silent event loop has not run
	 * @param vitals what it says about itself
	 */
	record WorkerHeard(WorkerId id, Duration silence, Vitals vitals) implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.workerHeard(this);
		}

	}

	/**
	 * The master itself did not run for a while.
	 *
	 * @param by how much later than it wanted the master went on
	 */
	record MasterDelayed(Duration by) implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.masterDelayed(this);
		}

	}

	/**
	 * The operator wants another number of workers.
	 *
	 * @param count how many, or how many more
	 * @param relative whether the count is a difference
	 */
	record ScaleRequested(int count, boolean relative) implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.scaleRequested(this);
		}

	}

	/**
	 * The operator wants a slot's worker replaced.
	 *
	 * @param slot the slot
	 */
	record RecycleRequested(int slot) implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.recycleRequested(this);
		}

	}

	/**
	 * The operator wants a new generation.
	 */
	record ReloadRequested() implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.reloadRequested(this);
		}

	}

	/**
	 * A new generation can be started.
	 *
	 * @param generation the generation with its settings
	 */
	record GenerationPrepared(Generation generation) implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.generationPrepared(this);
		}

	}

	/**
	 * A new generation can't be started.
	 *
	 * @param generation its number
	 * @param reason what failed and what to do
	 */
	record GenerationRefused(int generation, String reason) implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.generationRefused(this);
		}

	}

	/**
	 * The operator wants all workers gone, but not the master and the port.
	 */
	record PauseRequested() implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.pauseRequested(this);
		}

	}

	/**
	 * A worker's process has ended, or could not be started.
	 *
	 * @param id the worker
	 * @param exit how it ended
	 */
	record WorkerExited(WorkerId id, WorkerExit exit) implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.workerExited(this);
		}

	}

	/**
	 * A worker asked for a listener that could not be bound.
	 *
	 * @param id the worker
	 * @param request the worker's number for the request
	 * @param reason what failed and what to do
	 */
	record ListenFailed(WorkerId id, int request, String reason) implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.listenFailed(this);
		}

	}

	/**
	 * Another master is in charge, so this one has to leave.
	 */
	record HandedOver() implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.handedOver(this);
		}

	}

	/**
	 * The operator asked for the end.
	 *
	 * @param quick whether what is in flight may be cut
	 */
	record StopRequested(boolean quick) implements Event {

		@Override
		public void accept(EventReceiver receiver) {
			receiver.stopRequested(this);
		}

	}

}
