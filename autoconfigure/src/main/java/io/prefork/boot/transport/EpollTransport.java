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
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.PassedConnection;
import io.netty.channel.epoll.SharedServerDomainSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.ServerDomainSocketChannel;

/**
 * Readiness by epoll(7), as the master uses it too.
 */
public final class EpollTransport implements ServerTransport {

	/**
	 * Netty's listeners on epoll accept one connection in each turn of the event loop,
	 * which is long if there are many requests in it.
	 */
	private static final int ACCEPTS_PER_TURN = 64;

	@Override
	public String label() {
		return "epoll";
	}

	@Override
	public boolean isCompatible(EventLoopGroup group) {
		return !(group instanceof IoEventLoopGroup loops) || loops.isCompatible(EpollIoHandle.class);
	}

	@Override
	public boolean isNative() {
		return true;
	}

	@Override
	public IoHandlerFactory handlers() {
		return EpollIoHandler.newFactory();
	}

	@Override
	public ServerSocketChannel listener(FileDescriptor descriptor) {
		return batching(new EpollServerSocketChannel(descriptor.intValue()));
	}

	@Override
	public ServerDomainSocketChannel unixListener(FileDescriptor descriptor, DomainSocketAddress address) {
		return batching(new SharedServerDomainSocketChannel(descriptor, address));
	}

	@Override
	public Channel connection(ServerChannel listener, FileDescriptor descriptor) {
		return (listener instanceof SharedServerDomainSocketChannel unix) ? unix.connection(descriptor.intValue())
				: PassedConnection.of((ServerSocketChannel) listener, descriptor);
	}

	@Override
	public ServerSocketChannel newListener() {
		return new EpollServerSocketChannel();
	}

	static <C extends ServerChannel> C batching(C listener) {
		listener.config()
			.setRecvByteBufAllocator(new ServerChannelRecvByteBufAllocator().respectMaybeMoreData(false)
				.maxMessagesPerRead(ACCEPTS_PER_TURN));
		return listener;
	}

}
