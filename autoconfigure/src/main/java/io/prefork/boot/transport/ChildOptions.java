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

import java.util.Map;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import reactor.netty.http.server.HttpServer;

/**
 * Gives the connections of a server the options that they can have. A server that listens
 * on ports and on Unix domain sockets has connections of both kinds, and those of TCP are
 * unknown to the latter.
 */
public final class ChildOptions extends ChannelInboundHandlerAdapter {

	private final Map<ChannelOption<?>, ?> options;

	public ChildOptions(Map<ChannelOption<?>, ?> options) {
		this.options = options;
	}

	/**
	 * Take the options for connections away from a server.
	 * @param server the server
	 * @return the same without these options
	 */
	public static HttpServer remove(HttpServer server) {
		HttpServer without = server;
		for (ChannelOption<?> option : server.configuration().childOptions().keySet()) {
			without = without.childOption(option, null);
		}
		return without;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		Channel connection = (Channel) message;
		this.options.forEach((option, value) -> set(connection, option, value));
		context.fireChannelRead(message);
	}

	@SuppressWarnings("unchecked")
	private static void set(Channel connection, ChannelOption<?> option, Object value) {
		connection.config().setOption((ChannelOption<Object>) option, value);
	}

}
