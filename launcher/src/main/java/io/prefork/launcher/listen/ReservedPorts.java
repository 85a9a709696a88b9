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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.netty.channel.unix.Socket;

import io.prefork.launcher.edge.ListenAddress;

/**
 * Ports that are kept for workers which bind them themselves (SO_REUSEPORT, see
 * socket(7)): sockets that are bound and don't listen, so that no connection ever comes
 * to them. Not thread-safe: the master loop owns it.
 */
final class ReservedPorts {

	private final Map<ListenAddress, Socket> sockets = new LinkedHashMap<>();

	/**
	 * Get the socket for an address, binding it if this is the first request.
	 * @param address the address
	 * @return the socket
	 * @throws IOException if the address can't be bound, or somebody listens there
	 */
	Socket obtain(ListenAddress address) throws IOException {
		Socket socket = this.sockets.get(address);
		if (socket == null) {
			// Without SO_REUSEPORT: other services of the same user could have it, too.
			bind(address.toSocketAddress(), false).close();
			socket = bind(address.toSocketAddress(), true);
			this.sockets.put(address, socket);
		}
		return socket;
	}

	void adopt(ListenAddress address, int descriptor) {
		Socket socket = new Socket(descriptor);
		if (this.sockets.putIfAbsent(address, socket) != null) {
			close(socket);
		}
	}

	Map<ListenAddress, Socket> sockets() {
		return this.sockets;
	}

	Stream<InetSocketAddress> addresses() {
		return this.sockets.values().stream().map(Socket::localAddress);
	}

	void retain(Collection<ListenAddress> used) {
		this.sockets.entrySet().removeIf((entry) -> {
			boolean unused = !used.contains(entry.getKey());
			if (unused) {
				close(entry.getValue());
			}
			return unused;
		});
	}

	void close() {
		this.sockets.values().forEach(ReservedPorts::close);
		this.sockets.clear();
	}

	private static Socket bind(InetSocketAddress address, boolean reusePort) throws IOException {
		Socket socket = Socket.newSocketStream();
		try {
			socket.setReuseAddress(true);
			socket.setReusePort(reusePort);
			socket.bind(address);
			return socket;
		}
		catch (IOException ex) {
			close(socket);
			throw ex;
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// Nothing waits in it.
		}
	}

}
