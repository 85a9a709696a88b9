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

import java.net.InetSocketAddress;

import io.prefork.contract.UnixSocketAddress;
import io.prefork.protocol.FromWorker.Listen;

/**
 * What a worker asks for.
 *
 * @param host the address to bind, as a literal, or a {@link UnixSocketAddress}
 * @param port the port to bind, 0 for one that the system chooses; 0 for a Unix domain
 * socket
 * @param occurrence how many times the same worker asked for this address before: two
 * requests for port 0 are two listeners
 * @param reserved whether the port is only kept for workers that bind it themselves
 */
public record ListenAddress(String host, int port, int occurrence, boolean reserved) {

	/**
	 * Create the address of a socket that listens.
	 * @param host the address to bind, as a literal
	 * @param port the port to bind, 0 for one that the system chooses
	 * @param occurrence how many times the same worker asked for this address before
	 */
	public ListenAddress(String host, int port, int occurrence) {
		this(host, port, occurrence, false);
	}

	/**
	 * Create what a worker asks for.
	 * @param listen its request
	 * @return the address
	 */
	public static ListenAddress of(Listen listen) {
		return new ListenAddress(listen.host(), listen.port(), listen.occurrence(), listen.reserved());
	}

	/**
	 * Whether this is a Unix domain socket, of which there is always just one.
	 * @return {@code false} if it is a port
	 */
	public boolean isUnix() {
		return this.host.startsWith(UnixSocketAddress.PREFIX);
	}

	/**
	 * The address of a Unix domain socket.
	 * @return the address
	 */
	public UnixSocketAddress toUnixSocketAddress() {
		return UnixSocketAddress.parse(this.host);
	}

	/**
	 * The address of a port.
	 * @return the address, as the JDK says it
	 */
	public InetSocketAddress toSocketAddress() {
		return new InetSocketAddress(this.host, this.port);
	}

	@Override
	public String toString() {
		return isUnix() ? this.host : format(this.host, this.port);
	}

	/**
	 * How an address of a port is written.
	 * @param host the address as a literal
	 * @param port the port
	 * @return the text
	 */
	public static String format(String host, int port) {
		return (host.indexOf(':') >= 0) ? "[%s]:%d".formatted(host, port) : "%s:%d".formatted(host, port);
	}

}
