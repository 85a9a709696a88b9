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
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What processes of a service say to each other. A message is a record with a number; how
 * its components are written, {@link RecordCodec} says.
 */
public sealed interface Message permits Message.Hello, Message.Described, Message.Broadcast, FromWorker, FromMaster,
		FromPredecessor, FromNewMaster {

	/**
	 * First message of a worker on each of its two connections.
	 *
	 * @param version the protocol version the worker speaks
	 * @param purpose what the connection is for
	 * @param slot the worker's slot
	 * @param incarnation the worker's number within its slot
	 * @param token the secret that the master gave to this worker
	 */
	@FrameType(1)
	record Hello(int version, Purpose purpose, int slot, int incarnation, String token) implements Message {

	}

	/**
	 * What a connection to a master is for. Netty reads either bytes or descriptors from
	 * a Unix socket, so everybody needs one of each.
	 */
	enum Purpose {

		/**
		 * Frames in both directions.
		 */
		CONTROL,

		/**
		 * Descriptors from the master to the worker, nothing else.
		 */
		DESCRIPTORS,

		/**
		 * Frames in both directions, with a process that holds listeners which the new
		 * master is to take over.
		 */
		PREDECESSOR,

		/**
		 * Descriptors from such a process to the new master, nothing else.
		 */
		LISTENERS,

		/**
		 * Descriptors of connections that the master has accepted for the worker, nothing
		 * else.
		 */
		CONNECTIONS,

		/**
		 * {@link Broadcast} in both directions, nothing else.
		 */
		BROADCAST,

		/**
		 * {@link OperatorRequest} from a command line, and the answers to it. It is
		 * admitted without a token, by its user.
		 */
		OPERATOR

	}

	/**
	 * What a worker says to all others that listen. The master passes it on and does not
	 * look into it.
	 *
	 * @param line the line of the worker on the scoreboard
	 * @param sequence its number among all that this worker has said, so that the others
	 * know what they have missed
	 * @param topic what it is about
	 * @param content what it says
	 */
	@FrameType(39)
	record Broadcast(int line, long sequence, String topic, ByteBuffer content) implements Message {

	}

	/**
	 * What a describe run found out about the application.
	 *
	 * @param settings resolved settings by the labels of {@link Setting}, and
	 * {@value #DISABLED_REASON} if the application has to run as one ordinary process
	 */
	@FrameType(11)
	record Described(Map<String, String> settings) implements Message {

		/**
		 * The name of the reason why the application has to run as one ordinary process.
		 */
		public static final String DISABLED_REASON = "disabled-reason";

		public Described {
			settings = Map.copyOf(settings);
		}

		/**
		 * Why the application has to run as one ordinary process.
		 * @return the reason, or {@code null} if it need not
		 */
		public @Nullable String disabledReason() {
			return this.settings.get(DISABLED_REASON);
		}

	}

}
