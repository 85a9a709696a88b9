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

package io.prefork.boot.control;

import java.io.IOException;
import java.nio.file.Path;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;

import io.prefork.protocol.Frames;
import io.prefork.protocol.Message;

/**
 * Connections to the master beside that for frames, each with a thread of its own.
 */
final class ControlChannel {

	private ControlChannel() {
	}

	/**
	 * Connect to the master.
	 * @param bootstrap has the handler, and options
	 * @param thread the name of the thread
	 * @param socket the master's socket
	 * @param hello what to say first
	 * @return the connection
	 * @throws IOException if the master can't be reached
	 */
	static Channel connect(Bootstrap bootstrap, String thread, Path socket, Message.Hello hello) throws IOException {
		EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(thread, true),
				EpollIoHandler.newFactory());
		try {
			Channel channel = bootstrap.group(eventLoop)
				.channel(EpollDomainSocketChannel.class)
				.connect(new DomainSocketAddress(socket.toFile()))
				.sync()
				.channel();
			channel.writeAndFlush(Unpooled.wrappedBuffer(Frames.encode(hello))).sync();
			return channel;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while connecting to " + socket, ex);
		}
	}

}
