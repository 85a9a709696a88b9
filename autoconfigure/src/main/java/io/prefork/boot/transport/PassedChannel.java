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

package io.prefork.boot.transport;

import java.net.InetSocketAddress;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.AbstractEpollStreamChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;

/**
 * A connection that another process has accepted. Netty's own class for connections can't
 * have a descriptor and a parent at once.
 */
final class PassedChannel extends AbstractEpollStreamChannel implements SocketChannel {

	private final PassedChannelConfig config;

	/**
	 * Create a channel.
	 * @param parent the listener of the server that is to serve the connection
	 * @param descriptor the connection's descriptor
	 */
	PassedChannel(ServerChannel parent, int descriptor) {
		super((Channel) parent, descriptor);
		this.config = new PassedChannelConfig(this);
	}

	@Override
	public PassedChannelConfig config() {
		return this.config;
	}

	@Override
	public ServerSocketChannel parent() {
		return (ServerSocketChannel) super.parent();
	}

	@Override
	public InetSocketAddress localAddress() {
		return (InetSocketAddress) super.localAddress();
	}

	@Override
	public InetSocketAddress remoteAddress() {
		return (InetSocketAddress) super.remoteAddress();
	}

}
