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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A socket to which datagrams are sent, see unix(7). Sending returns at once and never
 * fails: the first failure after a success is a warning, the others are not mentioned. A
 * peer that does not read is waited for in the background. Not thread-safe.
 */
final class NotifySocket implements AutoCloseable {

	private static final long LIMIT_MILLIS = 1000;

	private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("prefork-notify", true), EpollIoHandler.newFactory());

	private final AtomicBoolean fails = new AtomicBoolean();

	private final String name;

	private final Consumer<String> warnings;

	private @Nullable Channel channel;

	private @Nullable ChannelFuture last;

	/**
	 * Create a socket.
	 * @param name the path of the peer, or its abstract name after an at sign
	 * @param warnings is told what failed, on any thread
	 */
	NotifySocket(String name, Consumer<String> warnings) {
		this.name = name;
		this.warnings = warnings;
	}

	void send(String message) {
		Channel open = open();
		if (open != null) {
			this.last = open.writeAndFlush(Unpooled.copiedBuffer(message, StandardCharsets.UTF_8));
			this.last.addListener((sent) -> {
				if (sent.isSuccess()) {
					this.fails.set(false);
				}
				else {
					// The next message finds whoever has that name by then.
					open.close();
					failed(sent.cause());
				}
			});
		}
	}

	/**
	 * Wait a moment until everything is sent.
	 */
	@Override
	public void close() {
		if (this.last != null) {
			this.last.awaitUninterruptibly(LIMIT_MILLIS);
		}
		this.eventLoop.shutdownGracefully(0, LIMIT_MILLIS, TimeUnit.MILLISECONDS);
	}

	private @Nullable Channel open() {
		if (this.channel == null || !this.channel.isActive()) {
			Channel opening = new EpollDomainDatagramChannel();
			opening.config().setAutoRead(false);
			this.eventLoop.register(opening).awaitUninterruptibly();
			ChannelFuture connection = opening.connect(address()).awaitUninterruptibly();
			if (!connection.isSuccess()) {
				opening.close();
				failed(connection.cause());
				return null;
			}
			this.channel = opening;
		}
		return this.channel;
	}

	private DomainSocketAddress address() {
		return new DomainSocketAddress(this.name.startsWith("@") ? '\0' + this.name.substring(1) : this.name);
	}

	private void failed(Throwable cause) {
		if (this.fails.compareAndSet(false, true)) {
			this.warnings
				.accept("the service manager can't be told what happens: %s (NOTIFY_SOCKET=%s); without that it may "
					.formatted(cause.getMessage(), this.name)
						+ "take this service for one that does not start, or restart it");
		}
	}

}
