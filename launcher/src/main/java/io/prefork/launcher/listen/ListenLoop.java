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

import java.net.InetSocketAddress;
import java.util.function.Consumer;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The event loop of all listeners. It accepts only if somebody wants the connections.
 */
final class ListenLoop {

	private final EventLoop eventLoop = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("prefork-listen", true), EpollIoHandler.newFactory())
		.next();

	private Consumer<ServerChannel> acceptor = (channel) -> {
	};

	/**
	 * Bind a socket and listen.
	 * @param where the address
	 * @param backlog the length of the accept queue
	 * @param reusePort whether other sockets may have the same address
	 * @return the binding, which has ended, well or not
	 */
	ChannelFuture bind(InetSocketAddress where, int backlog, boolean reusePort) {
		EpollServerSocketChannel channel = new EpollServerSocketChannel();
		channel.config().setAutoRead(false);
		channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
		channel.config().setReusePort(reusePort);
		channel.config().setBacklog(backlog);
		ChannelFuture registration = this.eventLoop.register(channel).awaitUninterruptibly();
		ChannelFuture binding = registration.isSuccess() ? channel.bind(where).awaitUninterruptibly() : registration;
		if (!binding.isSuccess()) {
			channel.close();
		}
		return binding;
	}

	/**
	 * Look after a socket that listens already.
	 * @param channel its channel
	 * @param <C> the type of the channel
	 * @return the channel
	 */
	<C extends ServerChannel> C register(C channel) {
		channel.config().setAutoRead(false);
		this.eventLoop.register(channel).syncUninterruptibly();
		return channel;
	}

	/**
	 * Let the acceptor have a new listener, which is registered.
	 * @param channel the listener's channel
	 */
	void announce(ServerChannel channel) {
		Consumer<ServerChannel> accepting = this.acceptor;
		this.eventLoop.execute(() -> accepting.accept(channel));
	}

	/**
	 * Let somebody accept from all listeners that come from now on.
	 * @param acceptor is given each listener, on the event loop
	 * @return the event loop
	 */
	EventLoop acceptWith(Consumer<ServerChannel> acceptor) {
		this.acceptor = acceptor;
		return this.eventLoop;
	}

	void close() {
		this.eventLoop.shutdownGracefully();
	}

}
