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

import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.FileDescriptor;

/**
 * A connection that another process has accepted. Its package is Netty's because Netty
 * has no public constructor for one with a descriptor and a parent; so it works on the
 * class path and not on the module path.
 */
public final class PassedConnection {

	private PassedConnection() {
	}

	/**
	 * Make a connection for a server.
	 * @param server the server's listener
	 * @param descriptor the connection's descriptor
	 * @return the connection, whose parent is the listener
	 */
	public static SocketChannel of(ServerSocketChannel server, FileDescriptor descriptor) {
		LinuxSocket socket = new LinuxSocket(descriptor.intValue());
		return new EpollSocketChannel(server, socket, socket.remoteAddress());
	}

}
