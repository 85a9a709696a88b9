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

package io.prefork.launcher.edge;

import io.prefork.contract.UnixSocketAddress;
import io.prefork.protocol.FromWorker.Listen;

/**
 * What a worker asks the master to bind. The master keeps one listener for each.
 */
public sealed interface ListenAddress permits TcpAddress, UnixAddress, ReservedPort {

	/**
	 * Create what a worker asks for.
	 * @param listen its request
	 * @return the address
	 * @throws IllegalArgumentException if it is the malformed address of a Unix domain
	 * socket
	 */
	static ListenAddress of(Listen listen) {
		if (listen.host().startsWith(UnixSocketAddress.PREFIX)) {
			return new UnixAddress(UnixSocketAddress.parse(listen.host()), listen.occurrence());
		}
		TcpAddress address = new TcpAddress(listen.host(), listen.port(), listen.occurrence());
		return listen.reserved() ? new ReservedPort(address) : address;
	}

	/**
	 * The request for one of the sockets of this address, as a predecessor hands it over.
	 * @param number the number of the socket among those of this address
	 * @return the request
	 */
	Listen request(int number);

	/**
	 * Let a handler have this address.
	 * @param handler the handler
	 * @param <R> what it makes of an address
	 * @param <E> how it fails
	 * @return what it has made of this one
	 * @throws E if it fails
	 */
	<R, E extends Exception> R handle(Handler<R, E> handler) throws E;

	/**
	 * Does something with each kind of address.
	 *
	 * @param <R> what it makes of an address
	 * @param <E> how it fails
	 */
	interface Handler<R, E extends Exception> {

		R tcp(TcpAddress address) throws E;

		R unix(UnixAddress address) throws E;

		R reserved(ReservedPort address) throws E;

	}

}
