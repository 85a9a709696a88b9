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

package io.prefork.boot.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.ServerChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.prefork.boot.accept.AcceptForwarder;
import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.control.SocketHandler;

/**
 * Gives the sockets that the master sends to the servers to which they belong.
 * Thread-safe.
 */
public final class ReceivedSockets implements SocketHandler {

	private static final Log logger = LogFactory.getLog(ReceivedSockets.class);

	// Constants of socket(7) and socket(2); they are the same on x86-64 and aarch64.
	private static final int SOL_SOCKET = 1;

	private static final int SO_DOMAIN = 39;

	private static final int AF_UNIX = 1;

	private final Map<Key, ServerChannel> covered = new ConcurrentHashMap<>();

	private final AcceptGate gate;

	/**
	 * Create a receiver.
	 * @param gate whether this worker accepts, and for which servers
	 */
	public ReceivedSockets(AcceptGate gate) {
		this.gate = gate;
	}

	@Override
	public void assignSocket(int request, int number, FileDescriptor socket) {
		ServerChannel server = this.gate.listeners()
			.filter((listener) -> ListenerHandler.handed(listener).request() == request)
			.findFirst()
			.orElse(null);
		if (server == null || this.gate.isShut()) {
			close(socket);
			return;
		}
		ServerSocketChannel channel = server.attr(ListenerHandler.TRANSPORT).get().listener(socket);
		channel.config().setAutoRead(false);
		channel.pipeline().addLast(new AcceptForwarder(server.pipeline(), this.gate));
		this.covered.put(new Key(request, number), channel);
		server.eventLoop().register(channel).addListener((registered) -> this.gate.add(channel));
	}

	@Override
	public void revokeSocket(int request, int number) {
		ServerChannel channel = this.covered.remove(new Key(request, number));
		if (channel != null) {
			this.gate.remove(channel);
			channel.close();
		}
	}

	@Override
	public void serve(FileDescriptor connection) {
		ServerChannel server = server(connection);
		if (server == null || this.gate.isShut()) {
			logger.warn("A connection came that no server of this worker serves, and was closed");
			close(connection);
			return;
		}
		server.eventLoop()
			.execute(() -> server.pipeline()
				.fireChannelRead(server.attr(ListenerHandler.TRANSPORT).get().connection(server, connection)));
	}

	/**
	 * Find the server of a connection.
	 * @param connection the connection
	 * @return the server that listens where the client went, as exactly as can be
	 */
	private @Nullable ServerChannel server(FileDescriptor connection) {
		Socket socket = new Socket(connection.intValue());
		if (isUnix(socket)) {
			DomainSocketAddress local = socket.localDomainSocketAddress();
			return this.gate.listeners().filter((each) -> each.localAddress().equals(local)).findFirst().orElse(null);
		}
		InetSocketAddress local = socket.localAddress();
		ServerChannel found = null;
		for (ServerChannel listener : this.gate.listeners().toList()) {
			if (listener.localAddress() instanceof InetSocketAddress address && address.getPort() == local.getPort()
					&& (address.getAddress().equals(local.getAddress())
							|| (found == null && address.getAddress().isAnyLocalAddress()))) {
				found = listener;
			}
		}
		return found;
	}

	private static boolean isUnix(Socket socket) {
		try {
			return socket.getIntOpt(SOL_SOCKET, SO_DOMAIN) == AF_UNIX;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void close(FileDescriptor descriptor) {
		try {
			descriptor.close();
		}
		catch (IOException ex) {
			// It is not used any more.
		}
	}

	/**
	 * A socket by what the master calls it.
	 *
	 * @param request the request for the listener to which it belongs
	 * @param number its number
	 */
	private record Key(int request, int number) {

	}

}
