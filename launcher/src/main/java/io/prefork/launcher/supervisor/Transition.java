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
 * One row of the {@link TransitionTable}.
 *
 * @param from the state before
 * @param trigger what happens
 * @param to the state after
 * @param action what the master does
 */
record Transition(WorkerState from, Trigger trigger, WorkerState to, Action action) {

	/**
	 * What the master does to a worker in a transition.
	 */
	enum Action {

		/**
		 * Nothing.
		 */
		NONE,

		/**
		 * Let the worker accept connections.
		 */
		ACCEPT,

		/**
		 * Ask the worker to drain: the service stops.
		 */
		DRAIN,

		/**
		 * Ask the worker to drain: others serve on.
		 */
		GIVE_WAY,

		/**
		 * Ask the worker to drain without a budget.
		 */
		HURRY,

		/**
		 * Ask for a thread dump.
		 */
		DUMP,

		/**
		 * Ask for a thread dump and send SIGTERM.
		 */
		DUMP_AND_TERMINATE,

		/**
		 * Send SIGTERM.
		 */
		TERMINATE,

		/**
		 * Send SIGKILL.
		 */
		KILL

	}

}
