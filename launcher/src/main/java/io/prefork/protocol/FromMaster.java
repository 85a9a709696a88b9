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

package io.prefork.protocol;

import java.time.Duration;

import io.prefork.contract.Distribution;

/**
 * What a master says to a worker.
 */
public sealed interface FromMaster extends Message permits FromMaster.Listening, FromMaster.AssignSocket,
		FromMaster.RevokeSocket, FromMaster.Refused, FromMaster.Accept, FromMaster.Lead, FromMaster.Drain,
		FromMaster.Dump, FromMaster.ReopenLogs, OperatorAnswer, FromPeers {

	/**
	 * Give this message to a handler.
	 * @param handler the handler
	 */
	void accept(Handler handler);

	/**
	 * Handles what is about listeners.
	 */
	interface ListenerHandler {

		void listening(Listening message);

		void refused(Refused message);

		void assignSocket(AssignSocket message);

		void revokeSocket(RevokeSocket message);

	}

	/**
	 * Handles what the worker has to do.
	 */
	interface OrderHandler {

		void accept(Accept message);

		void lead(Lead message);

		void drain(Drain message);

		void dump();

		void reopenLogs();

	}

	/**
	 * Handles each of these messages.
	 */
	interface Handler extends ListenerHandler, OrderHandler, OperatorAnswer.Handler, FromPeers.Handler {

	}

	/**
	 * The answer to {@link FromWorker.Listen}: the descriptor is on its way on the other
	 * connection.
	 *
	 * @param request the request
	 * @param distribution how connections to that address reach the worker; only with
	 * {@link Distribution#SHARED} it accepts from the descriptor itself
	 */
	@FrameType(3)
	record Listening(int request, Distribution distribution) implements FromMaster {

		@Override
		public void accept(Handler handler) {
			handler.listening(this);
		}

	}

	/**
	 * The worker has to accept from one more socket, whose descriptor is on its way on
	 * the other connection.
	 *
	 * @param request the request for the listener to which the socket belongs
	 * @param number which of that listener's sockets it is
	 */
	@FrameType(18)
	record AssignSocket(int request, int number) implements FromMaster {

		@Override
		public void accept(Handler handler) {
			handler.assignSocket(this);
		}

	}

	/**
	 * The worker has to let a socket go that was assigned to it: another worker accepts
	 * from it.
	 *
	 * @param request the request for the listener to which the socket belongs
	 * @param number which of that listener's sockets it is
	 */
	@FrameType(19)
	record RevokeSocket(int request, int number) implements FromMaster {

		@Override
		public void accept(Handler handler) {
			handler.revokeSocket(this);
		}

	}

	/**
	 * The answer to {@link FromWorker.Listen} when the address can't be bound.
	 *
	 * @param request the request
	 * @param reason what failed and what to do
	 */
	@FrameType(4)
	record Refused(int request, String reason) implements FromMaster {

		@Override
		public void accept(Handler handler) {
			handler.refused(this);
		}

	}

	/**
	 * The worker may open its accept gate.
	 *
	 * @param slot the slot in which it serves: a spare learns it here
	 */
	@FrameType(6)
	record Accept(int slot) implements FromMaster {

		@Override
		public void accept(Handler handler) {
			handler.accept(this);
		}

	}

	/**
	 * The worker is the leader, as soon as the old one has stopped to be it; or it is not
	 * any more.
	 *
	 * @param leads whether it is
	 */
	@FrameType(36)
	record Lead(boolean leads) implements FromMaster {

		@Override
		public void accept(Handler handler) {
			handler.lead(this);
		}

	}

	/**
	 * The worker has to stop accepting, finish what is in flight and exit.
	 *
	 * @param budget how long that may take, resolution: milliseconds; zero means at once
	 * @param idleGrace how long idle keep-alive connections may wait for one more request
	 * @param lastCall whether nobody else will serve the connections that wait in the
	 * accept queue, because the whole service stops
	 */
	@FrameType(7)
	record Drain(Duration budget, Duration idleGrace, boolean lastCall) implements FromMaster, FromNewMaster {

		@Override
		public void accept(Handler handler) {
			handler.drain(this);
		}

	}

	/**
	 * The worker has to write a thread dump to its log.
	 */
	@FrameType(14)
	record Dump() implements FromMaster {

		@Override
		public void accept(Handler handler) {
			handler.dump();
		}

	}

	/**
	 * The worker has to open its log files again: they were rotated.
	 */
	@FrameType(15)
	record ReopenLogs() implements FromMaster {

		@Override
		public void accept(Handler handler) {
			handler.reopenLogs();
		}

	}

}
