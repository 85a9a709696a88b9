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

import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.ServerDomainSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A listener around the descriptor of a Unix domain socket that listens already, from
 * which other processes accept as well, and whose file is somebody else's. Its package is
 * Netty's because Netty's own listener does not know its address when it is given a
 * descriptor, and makes no connection of one; so it works on the class path and not on
 * the module path.
 */
public class SharedServerDomainSocketChannel extends AbstractEpollServerChannel implements ServerDomainSocketChannel {

	private final EpollServerChannelConfig config = new EpollServerChannelConfig(this);

	private final DomainSocketAddress address;

	/**
	 * Create a listener.
	 * @param descriptor the listening socket, which the listener closes when it is closed
	 * @param address where it listens
	 */
	public SharedServerDomainSocketChannel(FileDescriptor descriptor, DomainSocketAddress address) {
		super(new LinuxSocket(descriptor.intValue()), true);
		this.address = address;
	}

	/**
	 * Make a connection of one that was accepted here or by another process.
	 * @param descriptor the connection's descriptor
	 * @return the connection, whose parent is this listener
	 */
	public Channel connection(int descriptor) {
		return new EpollDomainSocketChannel(this, new LinuxSocket(descriptor));
	}

	@Override
	public final EpollServerChannelConfig config() {
		return this.config;
	}

	@Override
	public final DomainSocketAddress localAddress() {
		return this.address;
	}

	@Override
	public final @Nullable DomainSocketAddress remoteAddress() {
		return null;
	}

	@Override
	protected DomainSocketAddress localAddress0() {
		return this.address;
	}

	@Override
	protected Channel newChildChannel(int descriptor, byte[] peer, int offset, int length) {
		return connection(descriptor);
	}

}
