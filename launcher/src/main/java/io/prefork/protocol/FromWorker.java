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
import java.util.List;

import io.prefork.status.Hint;

/**
 * What a worker says to its master.
 */
public sealed interface FromWorker extends Message permits FromWorker.Listen, FromWorker.Ready, FromWorker.Draining,
		FromWorker.Drained, FromWorker.Failed, FromWorker.Heartbeat, FromWorker.Leading, FromWorker.Hints,
		FromWorker.Stalled, FromWorker.StopDispatch, OperatorRequest, ToPeers {

	/**
	 * Give this message to a handler.
	 * @param handler the handler
	 */
	void accept(Handler handler);

	/**
	 * Handles each of these messages.
	 */
	interface Handler extends OperatorRequest.Handler, ToPeers.Handler {

		void listen(Listen message);

		void ready(Ready message);

		void draining();

		void drained(Drained message);

		void failed(Failed message);

		void heartbeat(Heartbeat message);

		void leading(Leading message);

		void hints(Hints message);

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
	 * The worker has begun to lead, or has stopped to.
	 *
	 * @param leads whether it leads
	 */
	@FrameType(37)
	record Leading(boolean leads) implements FromWorker {

		@Override
		public void accept(Handler handler) {
			handler.leading(this);
		}

	}

	/**
	 * What the worker has found in its application that several processes change.
	 *
	 * @param hints the findings
	 */
	@FrameType(38)
	record Hints(List<Hint> hints) implements FromWorker {

		public Hints {
			hints = List.copyOf(hints);
		}

		@Override
		public void accept(Handler handler) {
			handler.hints(this);
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

}
