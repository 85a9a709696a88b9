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

/**
 * What a worker says to its master.
 */
public sealed interface FromWorker extends Message {

	/**
	 * Give this message to a handler.
	 * @param handler the handler
	 */
	void accept(Handler handler);

	/**
	 * Handles what an operator asks for by way of a worker. Each is answered with what
	 * its request was.
	 */
	interface OperatorHandler {

		void getStatus(GetStatus message);

		void reload(Reload message);

		void scale(Scale message);

		void recycle(Recycle message);

	}

	/**
	 * Handles what workers ask each other. The master passes it on and does not look into
	 * it.
	 */
	interface PeerHandler {

		void askWorkers(AskWorkers message);

		void endAsking(EndAsking message);

		void farewell(Farewell message);

		void answerPart(AnswerPart message);

	}

	/**
	 * Handles each of these messages.
	 */
	interface Handler extends OperatorHandler, PeerHandler {

		void listen(Listen message);

		void ready(Ready message);

		void draining();

		void drained(Drained message);

		void failed(Failed message);

		void heartbeat(Heartbeat message);

		void stalled(Stalled message);

		void stopDispatch();

	}

	/**
	 * A worker asks for a listener.
	 *
	 * @param request identifies the request in the answer
	 * @param host the address to bind, as a literal, or a {@link UnixSocketAddress}
	 * @param port the port to bind, 0 for one that the system chooses; 0 for a Unix
	 * domain socket
	 * @param occurrence how many times this worker asked for the same address before
	 * @param number which of the sockets of that address it is, when one is handed over;
	 * 0 in a request
	 * @param reserved whether the worker binds a socket of its own (SO_REUSEPORT, see
	 * socket(7)), so that the master's has to keep the port and must not listen
	 */
	@FrameType(2)
	record Listen(int request, String host, int port, int occurrence, int number,
			boolean reserved) implements FromWorker {

		private static final int MAX_PORT = 65535;

		public Listen {
			if (port < 0 || port > MAX_PORT) {
				throw new ProtocolException("There is no port %d".formatted(port));
			}
		}

		public Listen(int request, String host, int port, int occurrence) {
			this(request, host, port, occurrence, 0, false);
		}

		@Override
		public void accept(Handler handler) {
			handler.listen(this);
		}

	}

	/**
	 * The worker serves: its application is ready and accepts traffic.
	 *
	 * @param probe the status with which the application answered the worker's own
	 * request; 0 if there was none, {@value #PROBE_FAILED} if there was no answer in time
	 */
	@FrameType(5)
	record Ready(int probe) implements FromWorker {

		/**
		 * The probe of a worker that did not answer itself.
		 */
		public static final int PROBE_FAILED = 599;

		@Override
		public void accept(Handler handler) {
			handler.ready(this);
		}

	}

	/**
	 * The worker drains, whoever asked for it.
	 */
	@FrameType(8)
	record Draining() implements FromWorker {

		@Override
		public void accept(Handler handler) {
			handler.draining();
		}

	}

	/**
	 * The worker has finished what was in flight; its context closes next.
	 *
	 * @param cut connections that had to be cut because the budget was used up
	 */
	@FrameType(9)
	record Drained(int cut) implements FromWorker {

		@Override
		public void accept(Handler handler) {
			handler.drained(this);
		}

	}

	/**
	 * The worker's application could not start.
	 *
	 * @param reason the failure, as text for people
	 */
	@FrameType(10)
	record Failed(String reason) implements FromWorker {

		@Override
		public void accept(Handler handler) {
			handler.failed(this);
		}

	}

	/**
	 * Proof of life of every event loop of a worker, sent at a steady pace.
	 *
	 * @param silence how long the most silent event loop has not run
	 * @param lag the longest time that a task of an event loop had to wait since the last
	 * heartbeat
	 * @param requests requests and WebSocket messages since the start of the process
	 * @param errors answers with a status of 500 or more since the start of the process
	 * @param active requests in progress
	 * @param connections open connections
	 * @param heap the used heap in bytes
	 * @param rss the resident set in bytes
	 */
	@FrameType(12)
	record Heartbeat(Duration silence, Duration lag, long requests, long errors, int active, int connections, long heap,
			long rss) implements FromWorker {

		@Override
		public void accept(Handler handler) {
			handler.heartbeat(this);
		}

	}

	/**
	 * An event loop of the worker does not run.
	 *
	 * @param loop the name of its thread
	 * @param silence for how long
	 * @param stack what the thread is doing, a line for each frame
	 */
	@FrameType(13)
	record Stalled(String loop, Duration silence, String stack) implements FromWorker {

		@Override
		public void accept(Handler handler) {
			handler.stalled(this);
		}

	}

	/**
	 * The master has to pass no more connections to the worker, and to end the connection
	 * on which they come.
	 */
	@FrameType(20)
	record StopDispatch() implements FromWorker {

		@Override
		public void accept(Handler handler) {
			handler.stopDispatch();
		}

	}

	/**
	 * An operator asks for the state of the service; the answer is
	 * {@link FromMaster.Status}.
	 *
	 * @param request identifies the request in the answer
	 * @param slot the slot whose last stall and last output are wanted, too;
	 * {@value #NO_SLOT} for none
	 */
	@FrameType(21)
	record GetStatus(int request, int slot) implements FromWorker {

		/**
		 * No slot in particular.
		 */
		public static final int NO_SLOT = -1;

		@Override
		public void accept(Handler handler) {
			handler.getStatus(this);
		}

	}

	/**
	 * An operator asks for a new generation; the answer is {@link FromMaster.Accepted}
	 * with its number, or {@link FromMaster.Rejected}.
	 *
	 * @param request identifies the request in the answer
	 */
	@FrameType(22)
	record Reload(int request) implements FromWorker {

		@Override
		public void accept(Handler handler) {
			handler.reload(this);
		}

	}

	/**
	 * An operator asks for another number of workers; the answer is
	 * {@link FromMaster.Accepted} with the number, or {@link FromMaster.Rejected}.
	 *
	 * @param request identifies the request in the answer
	 * @param workers how many there should be
	 */
	@FrameType(23)
	record Scale(int request, int workers) implements FromWorker {

		@Override
		public void accept(Handler handler) {
			handler.scale(this);
		}

	}

	/**
	 * An operator asks for another worker in a slot; the answer is
	 * {@link FromMaster.Accepted} with the slot, or {@link FromMaster.Rejected}.
	 *
	 * @param request identifies the request in the answer
	 * @param slot the slot
	 */
	@FrameType(24)
	record Recycle(int request, int slot) implements FromWorker {

		@Override
		public void accept(Handler handler) {
			handler.recycle(this);
		}

	}

	/**
	 * A worker asks others that serve; the answer is {@link FromMaster.Asked}, and
	 * {@link FromMaster.PeerPart} and {@link FromMaster.PeerGone} follow.
	 *
	 * @param request identifies the request in the answers
	 * @param slot the slot whose worker is asked; {@value #ALL} for all others
	 * @param question what to ask
	 * @param totals whether the answers are metrics in one of the text formats, of which
	 * the master keeps what workers have counted that are gone; it answers that as slot
	 * {@link FromMaster.PeerPart#GONE} when all others have answered
	 */
	@FrameType(28)
	record AskWorkers(int request, int slot, String question, boolean totals) implements FromWorker {

		/**
		 * All slots.
		 */
		public static final int ALL = -1;

		@Override
		public void accept(Handler handler) {
			handler.askWorkers(this);
		}

	}

	/**
	 * A part of the answer to a {@link FromMaster.Question}.
	 *
	 * @param question the question
	 * @param content the part
	 * @param last whether the answer is complete with it
	 */
	@FrameType(29)
	record AnswerPart(int question, ByteBuffer content, boolean last) implements FromWorker {

		@Override
		public void accept(Handler handler) {
			handler.answerPart(this);
		}

	}

	/**
	 * A worker does not wait any longer for the answers to what it asked.
	 *
	 * @param request the request
	 */
	@FrameType(34)
	record EndAsking(int request) implements FromWorker {

		@Override
		public void accept(Handler handler) {
			handler.endAsking(this);
		}

	}

	/**
	 * A part of what a worker would answer to a question about totals, without being
	 * asked: so that it is known when the worker is gone.
	 *
	 * @param question the question
	 * @param content the part
	 * @param last whether the answer is complete with it
	 */
	@FrameType(35)
	record Farewell(String question, ByteBuffer content, boolean last) implements FromWorker {

		@Override
		public void accept(Handler handler) {
			handler.farewell(this);
		}

	}

}
