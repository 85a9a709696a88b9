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
 * What the master has to do, as data.
 */
public sealed interface Decision {

	/**
	 * Call the method for this decision.
	 * @param receiver whose method
	 */
	void accept(DecisionReceiver receiver);

	/**
	 * Start a worker's process.
	 *
	 * @param id the worker
	 * @param generation its generation
	 * @param workers how many workers there should be
	 * @param initializes whether it does what has to be done once
	 */
	record Spawn(WorkerId id, int generation, int workers, boolean initializes) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.spawn(this);
		}

	}

	/**
	 * Let a worker accept connections.
	 *
	 * @param id the worker
	 * @param slot the slot in which it serves
	 * @param vacant how long nobody has served there
	 */
	record Accept(WorkerId id, int slot, Duration vacant) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.accept(this);
		}

	}

	/**
	 * Tell a worker whether it is the leader.
	 *
	 * @param id the worker
	 * @param leads {@code false} if it is not any more
	 */
	record Lead(WorkerId id, boolean leads) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.lead(this);
		}

	}

	/**
	 * Ask a worker to drain.
	 *
	 * @param id the worker
	 * @param budget how long that may take; zero means at once
	 * @param idleGrace how long idle connections may wait for one more request
	 * @param lastCall whether nobody else will serve what waits in the accept queue
	 */
	record Drain(WorkerId id, Duration budget, Duration idleGrace, boolean lastCall) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.drain(this);
		}

	}

	/**
	 * Send SIGTERM to a worker.
	 *
	 * @param id the worker
	 */
	record Terminate(WorkerId id) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.terminate(this);
		}

	}

	/**
	 * Send SIGKILL to a worker.
	 *
	 * @param id the worker
	 */
	record Kill(WorkerId id) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.kill(this);
		}

	}

	/**
	 * Tell a worker that it can't have the listener it asked for.
	 *
	 * @param id the worker
	 * @param request the worker's number for the request
	 * @param reason what failed and what to do
	 */
	record Refuse(WorkerId id, int request, String reason) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.refuse(this);
		}

	}

	/**
	 * Close the master's listeners: no new connection is wanted.
	 */
	record CloseListeners() implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.closeListeners(this);
		}

	}

	/**
	 * Say that start-up is over.
	 *
	 * @param generation the generation that serves
	 * @param ready how many workers are ready
	 * @param workers how many should be
	 * @param took the time since the master started
	 */
	record Announce(int generation, int ready, int workers, Duration took) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.announce(this);
		}

	}

	/**
	 * Ask a worker for a thread dump in its log.
	 *
	 * @param id the worker
	 */
	record Dump(WorkerId id) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.dump(this);
		}

	}

	/**
	 * Report that a worker is gone.
	 *
	 * @param departure which, and why
	 */
	record Depart(Departure departure) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.depart(this);
		}

	}

	/**
	 * Copy the application and ask it for its settings.
	 *
	 * @param generation the number of the new generation
	 */
	record Prepare(int generation) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.prepare(this);
		}

	}

	/**
	 * Report the end of a reload.
	 *
	 * @param generation the number of the new generation
	 * @param failure why it was rolled back; {@code null} if it succeeded
	 * @param took the time since it began
	 */
	record EndReload(int generation, @Nullable ReloadFailure failure, Duration took) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.endReload(this);
		}

	}

	/**
	 * Report something about the service as a whole.
	 *
	 * @param what what happens
	 */
	record Notice(ServiceNotice what) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.notice(this);
		}

	}

	/**
	 * Report something about a worker that the operator should know.
	 *
	 * @param id the worker
	 * @param what what happened
	 */
	record Report(WorkerId id, WorkerReport what) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.report(this);
		}

	}

	/**
	 * Report that something happened to a worker which must not happen.
	 *
	 * @param place the worker's place
	 * @param trigger what happened
	 * @param state the worker's state, for which that is not foreseen
	 */
	record Incident(Place place, Trigger trigger, WorkerState state) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.incident(this);
		}

	}

	/**
	 * End the master: no worker is left.
	 *
	 * @param ending how and why
	 */
	record Finish(Ending ending) implements Decision {

		@Override
		public void accept(DecisionReceiver receiver) {
			receiver.finish(this);
		}

	}

}
