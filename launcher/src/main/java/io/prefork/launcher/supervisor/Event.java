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
 * What the supervisor is told. Events about workers that are gone are legal and change
 * nothing.
 */
public sealed interface Event {

	/**
	 * Call the handler's method for this event.
	 * @param handler the handler
	 */
	void accept(Handler handler);

	/**
	 * The master runs; nothing has happened yet.
	 */
	record MasterStarted() implements Event {

		@Override
		public void accept(Handler handler) {
			handler.masterStarted(this);
		}

	}

	/**
	 * A deadline may have passed.
	 */
	record DeadlineReached() implements Event {

		@Override
		public void accept(Handler handler) {
			handler.deadlineReached(this);
		}

	}

	/**
	 * A worker said that it serves.
	 *
	 * @param id the worker
	 */
	record WorkerReady(WorkerId id) implements Event {

		@Override
		public void accept(Handler handler) {
			handler.workerReady(this);
		}

	}

	/**
	 * A worker drains on its own account, or its control connection has ended.
	 *
	 * @param id the worker
	 */
	record WorkerLeaving(WorkerId id) implements Event {

		@Override
		public void accept(Handler handler) {
			handler.workerLeaving(this);
		}

	}

	/**
	 * A worker's process has ended, or could not be started.
	 *
	 * @param id the worker
	 * @param description how it ended, as text for people
	 */
	record WorkerExited(WorkerId id, String description) implements Event {

		@Override
		public void accept(Handler handler) {
			handler.workerExited(this);
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
		public void accept(Handler handler) {
			handler.listenFailed(this);
		}

	}

	/**
	 * The operator asked for the end.
	 *
	 * @param quick whether what is in flight may be cut
	 */
	record StopRequested(boolean quick) implements Event {

		@Override
		public void accept(Handler handler) {
			handler.stopRequested(this);
		}

	}

	/**
	 * Handles events; a method for each, so that a new event is forgotten nowhere.
	 */
	interface Handler {

		/**
		 * Handle {@link MasterStarted}.
		 * @param event the event
		 */
		void masterStarted(MasterStarted event);

		/**
		 * Handle {@link DeadlineReached}.
		 * @param event the event
		 */
		void deadlineReached(DeadlineReached event);

		/**
		 * Handle {@link WorkerReady}.
		 * @param event the event
		 */
		void workerReady(WorkerReady event);

		/**
		 * Handle {@link WorkerLeaving}.
		 * @param event the event
		 */
		void workerLeaving(WorkerLeaving event);

		/**
		 * Handle {@link WorkerExited}.
		 * @param event the event
		 */
		void workerExited(WorkerExited event);

		/**
		 * Handle {@link ListenFailed}.
		 * @param event the event
		 */
		void listenFailed(ListenFailed event);

		/**
		 * Handle {@link StopRequested}.
		 * @param event the event
		 */
		void stopRequested(StopRequested event);

	}

}
