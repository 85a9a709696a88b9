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

package io.netty.channel.epoll;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.netty.channel.Channel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.NativeInetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A listener whose connections need not be on epoll. Its package is Netty's because
 * Netty's own listener can't be extended; so it works on the class path and not on the
 * module path.
 */
public abstract class SharedServerSocketChannel extends AbstractEpollServerChannel implements ServerSocketChannel {

	private final EpollServerChannelConfig config = new EpollServerChannelConfig(this);

	/**
	 * Create a listener that is not bound.
	 */
	protected SharedServerSocketChannel() {
		super(LinuxSocket.newSocketStream(), false);
	}

	/**
	 * Create a listener.
	 * @param descriptor the listening socket, which the listener closes when it is closed
	 */
	protected SharedServerSocketChannel(FileDescriptor descriptor) {
		super(new LinuxSocket(descriptor.intValue()), true);
	}

	/**
	 * Make a connection of one that was accepted here.
	 * @param descriptor the connection's descriptor
	 * @param peer the address at its other end
	 * @return the connection, whose parent is this listener
	 */
	protected abstract Channel connection(int descriptor, InetSocketAddress peer);

	@Override
	public final EpollServerChannelConfig config() {
		return this.config;
	}

	@Override
	public final InetSocketAddress localAddress() {
		return (InetSocketAddress) super.localAddress();
	}

	@Override
	public final @Nullable InetSocketAddress remoteAddress() {
		return null;
	}

	@Override
	protected final void doBind(SocketAddress address) throws Exception {
		super.doBind(address);
		this.socket.listen(this.config.getBacklog());
		this.active = true;
	}

	@Override
	protected final Channel newChildChannel(int descriptor, byte[] peer, int offset, int length) {
		return connection(descriptor, NativeInetAddress.address(peer, offset, length));
	}

}
