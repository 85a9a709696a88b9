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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.ServerSocketChannel;

import io.prefork.boot.accept.AcceptForwarder;
import io.prefork.boot.accept.AcceptGate;

/**
 * A way for a worker's requests to itself. The accept queue is shared by all workers, so
 * they come in by a listener of their own, whose connections are then handed to the
 * server as if it had accepted them. Not for event loops.
 */
final class Entrance implements AutoCloseable {

	private final ServerSocketChannel listener;

	private final LoopbackClient client;

	private Entrance(ServerSocketChannel listener, LoopbackClient client) {
		this.listener = listener;
		this.client = client;
	}

	/**
	 * Open a way to a server.
	 * @param server its listener
	 * @param gate the worker's gate
	 * @return the way
	 * @throws IOException if there is none
	 * @throws GeneralSecurityException if the server speaks TLS and this process can't
	 */
	static Entrance to(ServerChannel server, AcceptGate gate) throws IOException, GeneralSecurityException {
		ServerSocketChannel listener = server.attr(ListenerHandler.TRANSPORT).get().newListener();
		listener.pipeline().addLast(new AcceptForwarder(server.pipeline(), gate));
		ChannelFuture registration = server.eventLoop().register(listener).awaitUninterruptibly();
		ChannelFuture binding = registration.isSuccess()
				? listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).awaitUninterruptibly()
				: registration;
		if (!binding.isSuccess()) {
			listener.close();
			throw new IOException("The worker can't send a request to itself", binding.cause());
		}
		return new Entrance(listener,
				new LoopbackClient(listener.localAddress(), Boolean.TRUE.equals(server.attr(Probe.TLS).get())));
	}

	/**
	 * What sends requests this way.
	 * @return the client
	 */
	LoopbackClient client() {
		return this.client;
	}

	@Override
	public void close() {
		this.listener.close();
	}

}
