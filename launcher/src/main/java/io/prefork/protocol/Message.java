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
import java.util.Map;
import java.util.TreeMap;

/**
 * A message of the control channel. Each record is one frame; see {@link Frames} for the
 * binary form. Fields are only ever appended, so that a newer peer can be read by an
 * older one.
 */
public sealed interface Message {

	/**
	 * The number that stands for this message in a frame.
	 * @return the type
	 */
	MessageType type();

	/**
	 * Write the fields in the order in which {@link MessageType} reads them.
	 * @param out where to write
	 */
	void write(FieldWriter out);

	/**
	 * First message of a worker on each of its two connections.
	 *
	 * @param version the protocol version the worker speaks
	 * @param purpose what the connection is for
	 * @param slot the worker's slot
	 * @param incarnation the worker's number within its slot
	 * @param token the secret that the master gave to this worker
	 */
	record Hello(int version, Purpose purpose, int slot, int incarnation, String token) implements Message {

		@Override
		public MessageType type() {
			return MessageType.HELLO;
		}

		@Override
		public void write(FieldWriter out) {
			out.number(this.version)
				.number(this.purpose.number)
				.number(this.slot)
				.number(this.incarnation)
				.text(this.token);
		}

	}

	/**
	 * What a connection to a master is for. Netty reads either bytes or descriptors from
	 * a Unix socket, so everybody needs one of each.
	 */
	enum Purpose {

		/**
		 * Frames in both directions.
		 */
		CONTROL(0),

		/**
		 * Descriptors from the master to the worker, nothing else.
		 */
		DESCRIPTORS(1),

		/**
		 * Frames in both directions, with a process that holds listeners which the new
		 * master is to take over.
		 */
		PREDECESSOR(2),

		/**
		 * Descriptors from such a process to the new master, nothing else.
		 */
		LISTENERS(3),

		/**
		 * Descriptors of connections that the master has accepted for the worker, nothing
		 * else.
		 */
		CONNECTIONS(4);

		private final int number;

		Purpose(int number) {
			this.number = number;
		}

		static Purpose of(int number) {
			for (Purpose purpose : values()) {
				if (purpose.number == number) {
					return purpose;
				}
			}
			throw new ProtocolException("There is no connection purpose %d".formatted(number));
		}

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
	record Listen(int request, String host, int port, int occurrence, int number, boolean reserved) implements Message {

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
		public MessageType type() {
			return MessageType.LISTEN;
		}

		@Override
		public void write(FieldWriter out) {
			out.number(this.request)
				.text(this.host)
				.number(this.port)
				.number(this.occurrence)
				.number(this.number)
				.flag(this.reserved);
		}

	}

	/**
	 * The answer to {@link Listen}: the descriptor is on its way on the other connection.
	 *
	 * @param request the request
	 * @param distribution how connections to that address reach the worker; only with
	 * {@link Distribution#SHARED} it accepts from the descriptor itself
	 */
	record Listening(int request, Distribution distribution) implements Message {

		@Override
		public MessageType type() {
			return MessageType.LISTENING;
		}

		@Override
		public void write(FieldWriter out) {
			out.number(this.request).number(this.distribution.number());
		}

	}

	/**
	 * The worker has to accept from one more socket, whose descriptor is on its way on
	 * the other connection.
	 *
	 * @param request the request for the listener to which the socket belongs
	 * @param number which of that listener's sockets it is
	 */
	record Cover(int request, int number) implements Message {

		@Override
		public MessageType type() {
			return MessageType.COVER;
		}

		@Override
		public void write(FieldWriter out) {
			out.number(this.request).number(this.number);
		}

	}

	/**
	 * The worker has to let a socket go that it was told to {@link Cover}: another worker
	 * accepts from it.
	 *
	 * @param request the request for the listener to which the socket belongs
	 * @param number which of that listener's sockets it is
	 */
	record Uncover(int request, int number) implements Message {

		@Override
		public MessageType type() {
			return MessageType.UNCOVER;
		}

		@Override
		public void write(FieldWriter out) {
			out.number(this.request).number(this.number);
		}

	}

	/**
	 * The master has to pass no more connections to the worker, and to end the connection
	 * on which they come.
	 */
	record Enough() implements Message {

		@Override
		public MessageType type() {
			return MessageType.ENOUGH;
		}

		@Override
		public void write(FieldWriter out) {
		}

	}

	/**
	 * The answer to {@link Listen} when the address can't be bound.
	 *
	 * @param request the request
	 * @param reason what failed and what to do
	 */
	record Refused(int request, String reason) implements Message {

		@Override
		public MessageType type() {
			return MessageType.REFUSED;
		}

		@Override
		public void write(FieldWriter out) {
			out.number(this.request).text(this.reason);
		}

	}

	/**
	 * The worker serves: its application is ready and accepts traffic.
	 *
	 * @param probe the status with which the application answered the worker's own
	 * request; 0 if there was none, {@value #PROBE_FAILED} if there was no answer in time
	 */
	record Ready(int probe) implements Message {

		/**
		 * The probe of a worker that did not answer itself.
		 */
		public static final int PROBE_FAILED = 599;

		@Override
		public MessageType type() {
			return MessageType.READY;
		}

		@Override
		public void write(FieldWriter out) {
			out.number(this.probe);
		}

	}

	/**
	 * The worker may open its accept gate.
	 *
	 * @param slot the slot in which it serves: a spare learns it here
	 */
	record Accept(int slot) implements Message {

		@Override
		public MessageType type() {
			return MessageType.ACCEPT;
		}

		@Override
		public void write(FieldWriter out) {
			out.number(this.slot);
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
	record Drain(Duration budget, Duration idleGrace, boolean lastCall) implements Message {

		@Override
		public MessageType type() {
			return MessageType.DRAIN;
		}

		@Override
		public void write(FieldWriter out) {
			out.duration(this.budget).duration(this.idleGrace).flag(this.lastCall);
		}

	}

	/**
	 * The worker drains, whoever asked for it.
	 */
	record Draining() implements Message {

		@Override
		public MessageType type() {
			return MessageType.DRAINING;
		}

		@Override
		public void write(FieldWriter out) {
		}

	}

	/**
	 * The worker has finished what was in flight; its context closes next.
	 *
	 * @param cut connections that had to be cut because the budget was used up
	 */
	record Drained(int cut) implements Message {

		@Override
		public MessageType type() {
			return MessageType.DRAINED;
		}

		@Override
		public void write(FieldWriter out) {
			out.number(this.cut);
		}

	}

	/**
	 * The worker's application could not start.
	 *
	 * @param reason the failure, as text for people
	 */
	record Failed(String reason) implements Message {

		@Override
		public MessageType type() {
			return MessageType.FAILED;
		}

		@Override
		public void write(FieldWriter out) {
			out.text(this.reason);
		}

	}

	/**
	 * What a describe run found out about the application.
	 *
	 * @param settings resolved settings by property name, see {@link SettingNames}
	 */
	record Described(Map<String, String> settings) implements Message {

		public Described {
			settings = Map.copyOf(settings);
		}

		@Override
		public MessageType type() {
			return MessageType.DESCRIBED;
		}

		@Override
		public void write(FieldWriter out) {
			out.number(this.settings.size());
			new TreeMap<>(this.settings).forEach((name, value) -> out.text(name).text(value));
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
	record Heartbeat(Duration silence, Duration lag, long requests, long errors, int active, int connections, long heap,
			long rss) implements Message {

		@Override
		public MessageType type() {
			return MessageType.HEARTBEAT;
		}

		@Override
		public void write(FieldWriter out) {
			out.duration(this.silence)
				.duration(this.lag)
				.count(this.requests)
				.count(this.errors)
				.number(this.active)
				.number(this.connections)
				.count(this.heap)
				.count(this.rss);
		}

	}

	/**
	 * An event loop of the worker does not run.
	 *
	 * @param loop the name of its thread
	 * @param silence for how long
	 * @param stack what the thread is doing, a line for each frame
	 */
	record Stalled(String loop, Duration silence, String stack) implements Message {

		@Override
		public MessageType type() {
			return MessageType.STALLED;
		}

		@Override
		public void write(FieldWriter out) {
			out.text(this.loop).duration(this.silence).text(this.stack);
		}

	}

	/**
	 * The worker has to write a thread dump to its log.
	 */
	record Dump() implements Message {

		@Override
		public MessageType type() {
			return MessageType.DUMP;
		}

		@Override
		public void write(FieldWriter out) {
		}

	}

	/**
	 * The worker has to open its log files again: they were rotated.
	 */
	record ReopenLogs() implements Message {

		@Override
		public MessageType type() {
			return MessageType.REOPEN_LOGS;
		}

		@Override
		public void write(FieldWriter out) {
		}

	}

	/**
	 * A predecessor wants to hand over its listeners.
	 *
	 * @param listeners what the listeners were asked for with, in the order in which
	 * their descriptors will come
	 */
	record Handover(List<Listen> listeners) implements Message {

		public Handover {
			listeners = List.copyOf(listeners);
		}

		@Override
		public MessageType type() {
			return MessageType.HANDOVER;
		}

		@Override
		public void write(FieldWriter out) {
			out.number(this.listeners.size());
			this.listeners.forEach((listen) -> listen.write(out));
		}

	}

	/**
	 * The new master is ready for the descriptors of a {@link Handover}.
	 */
	record Proceed() implements Message {

		@Override
		public MessageType type() {
			return MessageType.PROCEED;
		}

		@Override
		public void write(FieldWriter out) {
		}

	}

}
