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

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

import io.prefork.contract.Distribution;
import io.prefork.status.ServiceStatus;

/**
 * What a master says to a worker.
 */
public sealed interface FromMaster extends Message {

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

		void drain(Drain message);

		void dump();

		void reopenLogs();

	}

	/**
	 * Handles the answers to what an operator asked for.
	 */
	interface AnswerHandler {

		void status(Status message);

		void accepted(Accepted message);

		void rejected(Rejected message);

	}

	/**
	 * Handles what other workers ask and answer.
	 */
	interface PeerHandler {

		void question(Question message);

		void asked(Asked message);

		void peerPart(PeerPart message);

		void peerGone(PeerGone message);

	}

	/**
	 * Handles each of these messages.
	 */
	interface Handler extends ListenerHandler, OrderHandler, AnswerHandler, PeerHandler {

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

	/**
	 * The answer to {@link FromWorker.GetStatus}.
	 *
	 * @param request the request
	 * @param status the state of the service
	 */
	@FrameType(25)
	record Status(int request, ServiceStatus status) implements FromMaster {

		@Override
		public void accept(Handler handler) {
			handler.status(this);
		}

	}

	/**
	 * What an operator asked for is begun.
	 *
	 * @param request the request
	 * @param number what the request says about it
	 */
	@FrameType(26)
	record Accepted(int request, int number) implements FromMaster {

		@Override
		public void accept(Handler handler) {
			handler.accepted(this);
		}

	}

	/**
	 * What an operator asked for can't be.
	 *
	 * @param request the request
	 * @param cause what kind of reason there is
	 * @param reason why, as text for people
	 */
	@FrameType(27)
	record Rejected(int request, Cause cause, String reason) implements FromMaster {

		/**
		 * Why something can't be.
		 */
		public enum Cause {

			/**
			 * What was asked for makes no sense.
			 */
			INVALID,

			/**
			 * It is about something that is not there.
			 */
			UNKNOWN,

			/**
			 * Not now.
			 */
			CONFLICT

		}

		@Override
		public void accept(Handler handler) {
			handler.rejected(this);
		}

	}

	/**
	 * Another worker asks something; the answer is {@link FromWorker.AnswerPart}.
	 *
	 * @param number identifies the question in the answer
	 * @param question what is asked
	 */
	@FrameType(30)
	record Question(int number, String question) implements FromMaster {

		@Override
		public void accept(Handler handler) {
			handler.question(this);
		}

	}

	/**
	 * The workers that were asked by {@link FromWorker.AskWorkers}.
	 *
	 * @param request the request
	 * @param peers the workers, whose answers follow in any order
	 */
	@FrameType(31)
	record Asked(int request, List<Peer> peers) implements FromMaster {

		public Asked {
			peers = List.copyOf(peers);
		}

		@Override
		public void accept(Handler handler) {
			handler.asked(this);
		}

		/**
		 * A worker that was asked.
		 *
		 * @param slot its slot
		 */
		public record Peer(int slot) {

		}

	}

	/**
	 * A part of what another worker answers to {@link FromWorker.AskWorkers}.
	 *
	 * @param request the request
	 * @param slot the worker's slot; {@value #GONE} for what workers have left that have
	 * not answered, or are gone
	 * @param content the part
	 * @param last whether the answer is complete with it
	 */
	@FrameType(32)
	record PeerPart(int request, int slot, ByteBuffer content, boolean last) implements FromMaster {

		/**
		 * No slot.
		 */
		public static final int GONE = -1;

		@Override
		public void accept(Handler handler) {
			handler.peerPart(this);
		}

	}

	/**
	 * A worker that was asked by {@link FromWorker.AskWorkers} will not answer.
	 *
	 * @param request the request
	 * @param slot the worker's slot
	 */
	@FrameType(33)
	record PeerGone(int request, int slot) implements FromMaster {

		@Override
		public void accept(Handler handler) {
			handler.peerGone(this);
		}

	}

}
