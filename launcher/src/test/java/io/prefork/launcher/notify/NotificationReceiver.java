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

package io.prefork.launcher.notify;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;

/**
 * A service manager's end of the notification socket.
 */
public final class NotificationReceiver implements AutoCloseable {

	private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

	private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

	private final Channel channel;

	/**
	 * Listen.
	 * @param name a path, or an abstract name after an at sign
	 */
	public NotificationReceiver(String name) {
		String address = name.startsWith("@") ? '\0' + name.substring(1) : name;
		this.channel = new Bootstrap().group(this.eventLoop)
			.channel(EpollDomainDatagramChannel.class)
			.handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {

				@Override
				protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
					NotificationReceiver.this.messages.add(packet.content().toString(StandardCharsets.UTF_8));
				}

			})
			.bind(new DomainSocketAddress(address))
			.syncUninterruptibly()
			.channel();
	}

	/**
	 * Stop or begin to read, as a service manager does that is busy.
	 * @param reading whether to read
	 */
	public void reading(boolean reading) {
		this.channel.config().setAutoRead(reading);
	}

	/**
	 * Wait for the next message.
	 * @return the message
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public String next() throws InterruptedException {
		return Objects.requireNonNull(this.messages.poll(10, TimeUnit.SECONDS), "There is no message");
	}

	/**
	 * Whether there is nothing more so far.
	 * @return {@code true} if all messages that have come have been taken
	 */
	public boolean isEmpty() {
		return this.messages.isEmpty();
	}

	@Override
	public void close() {
		this.channel.close().syncUninterruptibly();
		this.eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

}
