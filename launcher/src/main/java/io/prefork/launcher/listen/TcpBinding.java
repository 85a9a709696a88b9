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

import io.netty.channel.ChannelFuture;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.Socket;

import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.TcpAddress;

/**
 * Binds ports, or finds that the service manager has bound them.
 */
final class TcpBinding {

	private final ListenLoop loop;

	private final int backlog;

	private final boolean reusePort;

	private final SystemdSockets inherited;

	/**
	 * Create what binds ports.
	 * @param loop the event loop of the listeners
	 * @param backlog the length of each accept queue; that of an inherited socket is what
	 * it is
	 * @param reusePort whether an address may have several sockets
	 * @param inherited the sockets of the service manager
	 */
	TcpBinding(ListenLoop loop, int backlog, boolean reusePort, SystemdSockets inherited) {
		this.loop = loop;
		this.backlog = backlog;
		this.reusePort = reusePort;
		this.inherited = inherited;
	}

	/**
	 * Get the first socket of an address.
	 * @param address the address
	 * @return the channel, which nobody accepts from yet
	 * @throws ListenException if the address can't be bound
	 */
	EpollServerSocketChannel first(TcpAddress address) throws ListenException {
		EpollServerSocketChannel found = this.inherited.find(address);
		if (found != null) {
			requireReusePort(address, found);
			return found;
		}
		if (this.reusePort) {
			checkFree(address);
		}
		return another(address, address.toSocketAddress());
	}

	/**
	 * Get one more socket of an address.
	 * @param address the address
	 * @param where what is bound for it, with the true port
	 * @return the channel, which nobody accepts from yet
	 * @throws ListenException if it can't be bound
	 */
	EpollServerSocketChannel another(TcpAddress address, InetSocketAddress where) throws ListenException {
		ChannelFuture binding = this.loop.bind(where, this.backlog, this.reusePort);
		if (!binding.isSuccess()) {
			throw BindFailure.explain(address, binding.cause(), this.inherited);
		}
		return (EpollServerSocketChannel) binding.channel();
	}

	/**
	 * Take over a socket of a predecessor.
	 * @param descriptor its descriptor, from now on not the caller's
	 * @return the channel, which nobody accepts from yet
	 */
	EpollServerSocketChannel adopt(int descriptor) {
		return this.loop.register(new EpollServerSocketChannel(descriptor));
	}

	/**
	 * What a predecessor has handed over may be of another distribution.
	 * @param address the address
	 * @param first its first socket
	 * @param count how many it has
	 * @throws ListenException if they are
	 */
	void check(TcpAddress address, EpollServerSocketChannel first, int count) throws ListenException {
		requireReusePort(address, first);
		if (!this.reusePort && count > 1) {
			throw new ListenException(("%s has %d sockets, because the old master has prefork.distribution=reuseport; "
					+ "an upgrade can't change that: stop the service and start it")
				.formatted(address, count));
		}
	}

	void announce(EpollServerSocketChannel channel) {
		this.loop.announce(channel);
	}

	/**
	 * Close a socket, unless the service manager has bound it: nobody could do so again.
	 * @param channel the socket's channel
	 */
	void release(EpollServerSocketChannel channel) {
		if (!this.inherited.contains(channel)) {
			channel.close().syncUninterruptibly();
		}
	}

	private void requireReusePort(TcpAddress address, EpollServerSocketChannel channel) throws ListenException {
		if (this.reusePort && !channel.config().isReusePort()) {
			throw new ListenException(("%s can't have several sockets, because it was bound without SO_REUSEPORT; set "
					+ "ReusePort=yes in the socket unit, or stop the service and start it if the old master has "
					+ "another prefork.distribution")
				.formatted(address));
		}
	}

	/**
	 * With SO_REUSEPORT the kernel would let two services have the same address.
	 * @param address the address
	 * @throws ListenException if somebody listens there
	 */
	private void checkFree(TcpAddress address) throws ListenException {
		Socket probe = Socket.newSocketStream();
		try {
			probe.setReuseAddress(true);
			probe.bind(address.toSocketAddress());
		}
		catch (IOException ex) {
			throw BindFailure.explain(address, ex, this.inherited);
		}
		finally {
			Sockets.close(probe);
		}
	}

}
