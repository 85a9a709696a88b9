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

package io.netty.channel.uring;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import io.netty.channel.Channel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannelConfig;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SharedServerChannel} for a port.
 */
public final class SharedServerSocketChannel extends SharedServerChannel implements ServerSocketChannel {

	private final ServerSocketChannelConfig config;

	/**
	 * Create a listener.
	 * @param descriptor the listening socket, which the listener closes when it is closed
	 */
	public SharedServerSocketChannel(FileDescriptor descriptor) {
		super(descriptor);
		this.config = new IoUringServerSocketChannelConfig(this);
	}

	@Override
	public ServerSocketChannelConfig config() {
		return this.config;
	}

	@Override
	public InetSocketAddress localAddress() {
		return (InetSocketAddress) super.localAddress();
	}

	@Override
	public @Nullable InetSocketAddress remoteAddress() {
		return null;
	}

	@Override
	Channel newChildChannel(int descriptor, @Nullable ByteBuffer peer) {
		LinuxSocket connection = new LinuxSocket(descriptor);
		return (peer != null) ? new IoUringSocketChannel(this, connection, address(connection, peer))
				: new IoUringSocketChannel(this, connection);
	}

	private InetSocketAddress address(LinuxSocket connection, ByteBuffer peer) {
		IoUringIoHandler scratch = registration().attachment();
		return connection.isIpv6() ? SockaddrIn.getIPv6(peer, scratch.inet6AddressArray(), scratch.inet4AddressArray())
				: SockaddrIn.getIPv4(peer, scratch.inet4AddressArray());
	}

}
