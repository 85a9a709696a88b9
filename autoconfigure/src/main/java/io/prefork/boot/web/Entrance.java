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

package io.prefork.boot.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;

/**
 * Brings the connections of one more socket to a server, as if the server's own listener
 * had accepted them.
 */
final class Entrance extends ChannelInboundHandlerAdapter {

	private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

	private final ServerChannel server;

	/**
	 * Create an entrance.
	 * @param server the server's listener, which has the same event loop as the socket
	 */
	Entrance(ServerChannel server) {
		this.server = server;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.server.pipeline().fireChannelRead(message);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		ListenerHandler.warn(cause);
		boolean accepted = context.channel().config().isAutoRead();
		context.channel().config().setAutoRead(false);
		context.channel().eventLoop().schedule(() -> {
			if (context.channel().isOpen()) {
				context.channel().config().setAutoRead(accepted);
			}
		}, AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
	}

}
