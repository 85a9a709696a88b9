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

package io.prefork.launcher.listen;

import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

import io.netty.channel.ServerChannel;

/**
 * What the master has bound for an address.
 */
interface BoundListener {

	/**
	 * Its sockets.
	 * @return their descriptors, by number from 0; there is always a first
	 */
	Map<Integer, Integer> descriptors();

	/**
	 * The address that is bound, the true port in place of port 0.
	 * @return the text
	 */
	String text();

	/**
	 * The sockets that one can accept from.
	 * @return the channels; none if the address is only reserved
	 */
	Stream<? extends ServerChannel> channels();

	/**
	 * How many connections wait to be accepted.
	 * @return the number; empty if the system does not tell it
	 */
	default OptionalInt waiting() {
		return OptionalInt.empty();
	}

	/**
	 * Close the master's side of it.
	 */
	void close();

}
