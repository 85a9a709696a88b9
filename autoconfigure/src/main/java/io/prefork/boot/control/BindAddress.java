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

package io.prefork.boot.control;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.channel.unix.DomainSocketAddress;

import io.prefork.contract.UnixSocketAddress;

/**
 * An address on which a server listens: a port or a Unix domain socket.
 *
 * @param socket the address, resolved, as Netty says it
 * @param host the address, as the master is asked for it; see
 * {@link io.prefork.protocol.FromWorker.Listen#host}
 */
public record BindAddress(SocketAddress socket, String host) {

	private static final Pattern PORT = Pattern.compile("(?:(\\[[^\\]]+\\]|[^:\\[\\]]*):)?(\\d{1,5})");

	private static final int LARGEST_PORT = 65535;

	/**
	 * Create the address of a port.
	 * @param socket the address, resolved
	 */
	public BindAddress(InetSocketAddress socket) {
		this(socket, socket.getAddress().getHostAddress());
	}

	/**
	 * Read an address.
	 * @param text {@code 8080} or {@code :8080} for all addresses of this machine,
	 * {@code host:8080}, {@code [::1]:8080}, or a {@link UnixSocketAddress}
	 * @return the address
	 * @throws IllegalArgumentException if it is none; the message says what it must be
	 */
	public static BindAddress of(String text) {
		String address = text.strip();
		if (address.startsWith(UnixSocketAddress.PREFIX)) {
			UnixSocketAddress unix = UnixSocketAddress.parse(address);
			return new BindAddress(new DomainSocketAddress(unix.path().toFile()), unix.toString());
		}
		Matcher parts = PORT.matcher(address);
		if (!parts.matches() || Integer.parseInt(parts.group(2)) > LARGEST_PORT) {
			throw new IllegalArgumentException("must be like 8080, host:8080, [::1]:8080 or unix:/run/app.sock");
		}
		int port = Integer.parseInt(parts.group(2));
		String host = parts.group(1);
		return new BindAddress((host == null || host.isEmpty()) ? new InetSocketAddress(port)
				: new InetSocketAddress(resolve(host), port));
	}

	/**
	 * Read the address of a port; a number in YAML comes here directly.
	 * @param port the port on all addresses of this machine
	 * @return the address
	 * @throws IllegalArgumentException if there is no such port
	 */
	public static BindAddress of(Integer port) {
		return of(port.toString());
	}

	/**
	 * Whether this is a Unix domain socket.
	 * @return {@code false} if it is a port
	 */
	public boolean isUnix() {
		return this.socket instanceof DomainSocketAddress;
	}

	/**
	 * The port.
	 * @return the port, 0 for one that the system chooses; 0 for a Unix domain socket
	 */
	public int port() {
		return (this.socket instanceof InetSocketAddress address) ? address.getPort() : 0;
	}

	@Override
	public String toString() {
		return isUnix() ? this.host : "%s:%d".formatted(this.host, port());
	}

	private static InetAddress resolve(String host) {
		try {
			return InetAddress.getByName(host);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("must name a host that this machine knows; '%s' is none".formatted(host),
					ex);
		}
	}

}
