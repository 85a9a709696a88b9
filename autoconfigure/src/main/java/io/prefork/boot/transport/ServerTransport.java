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

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.ServerDomainSocketChannel;

/**
 * The system interface by which a worker's servers accept, read and write. Thread-safe.
 */
public interface ServerTransport {

	/**
	 * What users call it.
	 * @return the value of {@code prefork.transport}
	 */
	String label();

	/**
	 * The transport whose event loops its listeners need.
	 * @return this one, unless it accepts in another way than it reads and writes
	 */
	default ServerTransport ofListeners() {
		return this;
	}

	/**
	 * Whether event loops are of this transport.
	 * @param group the event loops
	 * @return {@code true} if connections can be registered with them
	 */
	boolean isCompatible(EventLoopGroup group);

	/**
	 * Whether the transport can use descriptors, and so sockets of the master's.
	 * @return {@code false} if the worker has to bind sockets of its own
	 */
	boolean isNative();

	/**
	 * What makes an event loop one of this transport.
	 * @return creates the loops' handlers
	 */
	IoHandlerFactory handlers();

	/**
	 * Make a listener of a socket of the master's.
	 * @param descriptor the socket; if the transport is native it listens, and the
	 * listener closes it when it is closed, and if not it keeps the port
	 * @return a listener that knows its local address and needs not be bound, with
	 * auto-read on
	 */
	ServerSocketChannel listener(FileDescriptor descriptor);

	/**
	 * Make a listener of a Unix domain socket of the master's.
	 * @param descriptor the socket, which listens; the listener closes it when it is
	 * closed
	 * @param address where the socket listens
	 * @return a listener that needs not be bound, with auto-read on
	 * @throws UnsupportedOperationException if the transport is not native
	 */
	ServerDomainSocketChannel unixListener(FileDescriptor descriptor, DomainSocketAddress address);

	/**
	 * Make a connection of one that the master has accepted.
	 * @param listener the listener of the server that is to serve it, which this
	 * transport has made
	 * @param descriptor the connection's descriptor
	 * @return the connection, which is not registered
	 * @throws UnsupportedOperationException if the transport is not native
	 */
	Channel connection(ServerChannel listener, FileDescriptor descriptor);

	/**
	 * Create a listener that this process binds itself.
	 * @return a listener that is not bound
	 */
	ServerSocketChannel newListener();

}
