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

package io.prefork.sample.it.support;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import org.awaitility.Awaitility;

/**
 * The socket at which a service manager is notified, see sd_notify(3). Safe for use by
 * many threads.
 */
public final class NotificationSocket implements AutoCloseable {

	private static final long TIMEOUT_SECONDS = 60;

	private final List<String> messages = new ArrayList<>();

	private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

	private final Path path;

	public NotificationSocket(Path path) {
		this.path = path;
		new Bootstrap().group(this.eventLoop)
			.channel(EpollDomainDatagramChannel.class)
			.handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {

				@Override
				protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
					add(packet.content().toString(StandardCharsets.UTF_8));
				}

			})
			.bind(new DomainSocketAddress(path.toFile()))
			.syncUninterruptibly();
	}

	/**
	 * Return what a service finds in its environment.
	 * @return the value of NOTIFY_SOCKET
	 */
	public String address() {
		return this.path.toString();
	}

	public synchronized List<String> messages() {
		return List.copyOf(this.messages);
	}

	/**
	 * Wait for a message.
	 * @param from how many messages to skip
	 * @param start how it starts
	 * @return the first such message
	 */
	public String await(int from, String start) {
		awaitCount(from, start, 1);
		return matching(from, start).get(0);
	}

	/**
	 * Wait for several messages.
	 * @param from how many messages to skip
	 * @param start how they start
	 * @param count how many there have to be
	 */
	public void awaitCount(int from, String start, int count) {
		Awaitility.await(count + " messages " + start)
			.atMost(TIMEOUT_SECONDS, TimeUnit.SECONDS)
			.until(() -> matching(from, start).size() >= count);
	}

	@Override
	public void close() {
		this.eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private List<String> matching(int from, String start) {
		return messages().stream().skip(from).filter((message) -> message.startsWith(start)).toList();
	}

	private synchronized void add(String message) {
		this.messages.add(message);
	}

}
