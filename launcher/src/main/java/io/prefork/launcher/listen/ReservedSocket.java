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
import java.util.Map;
import java.util.stream.Stream;

import io.netty.channel.ServerChannel;
import io.netty.channel.unix.Socket;

/**
 * Keeps a port for workers that bind it themselves (SO_REUSEPORT, see socket(7)): it is
 * bound and does not listen, so that no connection ever comes to it.
 */
final class ReservedSocket implements BoundListener {

	private final Socket socket;

	/**
	 * Create what keeps a port.
	 * @param descriptor the descriptor of the socket, from now on not the caller's
	 */
	ReservedSocket(int descriptor) {
		this(new Socket(descriptor));
	}

	private ReservedSocket(Socket socket) {
		this.socket = socket;
	}

	/**
	 * Reserve a port.
	 * @param address the port
	 * @return what keeps it
	 * @throws IOException if the address can't be bound, or somebody listens there
	 */
	static ReservedSocket bind(InetSocketAddress address) throws IOException {
		// Without SO_REUSEPORT: other services of the same user could have it, too.
		bind(address, false).close();
		return new ReservedSocket(bind(address, true));
	}

	@Override
	public Map<Integer, Integer> descriptors() {
		return Map.of(0, this.socket.intValue());
	}

	@Override
	public String text() {
		return BoundAddress.format(this.socket.localAddress());
	}

	@Override
	public Stream<ServerChannel> channels() {
		return Stream.empty();
	}

	@Override
	public void close() {
		Sockets.close(this.socket);
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
			Sockets.close(socket);
			throw ex;
		}
	}

}
