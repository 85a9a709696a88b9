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

import java.net.SocketAddress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.util.AttributeKey;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * First handler of a listener that was handed over: it is bound already, whatever it
 * accepts is remembered, and nothing opens the gate again once it is shut.
 */
final class ListenerHandler extends ChannelDuplexHandler {

	/**
	 * The transport of a listener and of its event loop.
	 */
	static final AttributeKey<ServerTransport> TRANSPORT = AttributeKey.valueOf(ListenerHandler.class, "TRANSPORT");

	private static final Log logger = LogFactory.getLog(ListenerHandler.class);

	private static final int TOO_MANY_FILES = -24;

	private final AcceptGate gate;

	private final Connections connections;

	ListenerHandler(AcceptGate gate, Connections connections) {
		this.gate = gate;
		this.connections = connections;
	}

	@Override
	public void bind(ChannelHandlerContext context, SocketAddress localAddress, ChannelPromise promise) {
		promise.setSuccess();
		this.gate.add((ServerChannel) context.channel());
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.connections.add((Channel) message);
		context.fireChannelRead(message);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (logger.isWarnEnabled()) {
			logger.warn("This worker can't accept a connection for a second: %s%s".formatted(cause.getMessage(),
					remedy(cause)));
		}
		context.fireExceptionCaught(cause);
	}

	private static String remedy(Throwable cause) {
		return (cause instanceof NativeIoException failure && failure.expectedErr() == TOO_MANY_FILES)
				? "; raise the limit of open files (ulimit -n, LimitNOFILE= in a systemd unit)" : "";
	}

	@Override
	public void read(ChannelHandlerContext context) {
		// Reactor Netty switches reading on again a second after a failed accept.
		if (!this.gate.isShut()) {
			context.read();
		}
	}

}
