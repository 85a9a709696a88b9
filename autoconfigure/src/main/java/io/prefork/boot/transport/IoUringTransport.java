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
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.ServerDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.SharedServerDomainSocketChannel;
import io.netty.channel.uring.SharedServerSocketChannel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Completions by io_uring(7), where the kernel lets this process have them. Connections
 * are accepted by epoll, see {@link SharedServerSocketChannel}.
 */
public final class IoUringTransport implements ServerTransport {

	private static final Log logger = LogFactory.getLog(IoUringTransport.class);

	private final ServerTransport listeners = new EpollTransport();

	/**
	 * Choose io_uring if it works here, or else epoll, and log why.
	 * @return the transport
	 */
	public static ServerTransport orEpoll() {
		String obstacle = IoUringObstacle.find();
		if (obstacle == null) {
			return new IoUringTransport();
		}
		logger.warn("prefork.transport is io_uring, but this worker serves with epoll: " + obstacle);
		return new EpollTransport();
	}

	@Override
	public String label() {
		return "io_uring";
	}

	@Override
	public ServerTransport ofListeners() {
		return this.listeners;
	}

	@Override
	public boolean isCompatible(EventLoopGroup group) {
		return group instanceof IoEventLoopGroup loops && loops.isCompatible(IoUringIoHandle.class);
	}

	@Override
	public boolean isNative() {
		return true;
	}

	@Override
	public IoHandlerFactory handlers() {
		return IoUringIoHandler.newFactory();
	}

	@Override
	public ServerSocketChannel listener(FileDescriptor descriptor) {
		return EpollTransport.batching(new SharedServerSocketChannel(descriptor));
	}

	@Override
	public ServerDomainSocketChannel unixListener(FileDescriptor descriptor, DomainSocketAddress address) {
		return EpollTransport.batching(new SharedServerDomainSocketChannel(descriptor, address));
	}

	@Override
	public Channel connection(ServerChannel listener, FileDescriptor descriptor) {
		return (listener instanceof SharedServerDomainSocketChannel unix) ? unix.connection(descriptor.intValue())
				: ((SharedServerSocketChannel) listener).connection(descriptor.intValue());
	}

	@Override
	public ServerSocketChannel newListener() {
		return new SharedServerSocketChannel();
	}

}
