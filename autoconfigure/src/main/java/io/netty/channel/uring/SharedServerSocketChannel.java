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

import io.netty.channel.Channel;
import io.netty.channel.unix.FileDescriptor;

/**
 * A listener on epoll whose connections are on io_uring. An accept of io_uring's that
 * finds no connection stays in the kernel, also on a non-blocking socket, and of all that
 * stay there only one is woken (see EPOLLEXCLUSIVE in epoll_ctl(2)): of several processes
 * that accept from one socket, one that has stopped would keep the connection it was
 * woken for from all others. Its package is Netty's because Netty offers no constructor
 * for a connection on io_uring that takes a descriptor; so it works on the class path and
 * not on the module path.
 */
public final class SharedServerSocketChannel extends io.netty.channel.epoll.SharedServerSocketChannel {

	/**
	 * Create a listener that is not bound.
	 */
	public SharedServerSocketChannel() {
	}

	/**
	 * Create a listener.
	 * @param descriptor the listening socket, which the listener closes when it is closed
	 */
	public SharedServerSocketChannel(FileDescriptor descriptor) {
		super(descriptor);
	}

	/**
	 * Make a connection of one that another process has accepted.
	 * @param descriptor the connection's descriptor
	 * @return the connection, whose parent is this listener
	 */
	public Channel connection(int descriptor) {
		return new IoUringSocketChannel(this, new LinuxSocket(descriptor));
	}

	@Override
	protected Channel connection(int descriptor, InetSocketAddress peer) {
		return new IoUringSocketChannel(this, new LinuxSocket(descriptor), peer);
	}

}
