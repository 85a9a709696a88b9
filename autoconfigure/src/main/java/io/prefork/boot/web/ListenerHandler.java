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
import org.jspecify.annotations.Nullable;

import io.prefork.boot.control.HandedListener;
import io.prefork.protocol.Distribution;

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

	/**
	 * What the listener of a server was handed over as.
	 */
	private static final AttributeKey<HandedListener> HANDED = AttributeKey.valueOf(ListenerHandler.class, "HANDED");

	private final AcceptGate gate;

	private final Connections connections;

	private @Nullable StepAside stepAside;

	ListenerHandler(AcceptGate gate, Connections connections) {
		this.gate = gate;
		this.connections = connections;
	}

	@Override
	public void bind(ChannelHandlerContext context, SocketAddress localAddress, ChannelPromise promise) {
		promise.setSuccess();
		ServerChannel listener = (ServerChannel) context.channel();
		boolean shared = handed(listener).distribution() == Distribution.SHARED;
		ConnectionBalance balance = this.connections.balance();
		if (shared && balance != null) {
			this.stepAside = new StepAside(listener, this.gate, balance);
		}
		// A socket of the worker's own is the only one it has.
		this.gate.addListener(listener, shared || !listener.attr(TRANSPORT).get().isNative());
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.connections.add((Channel) message);
		if (this.stepAside != null) {
			this.stepAside.accepted();
		}
		context.fireChannelRead(message);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		warn(cause);
		if (this.stepAside != null) {
			this.stepAside.cancel();
		}
		context.fireExceptionCaught(cause);
	}

	static void hand(ServerChannel listener, HandedListener handed) {
		listener.attr(HANDED).set(handed);
	}

	static HandedListener handed(ServerChannel listener) {
		return listener.attr(HANDED).get();
	}

	static void warn(Throwable cause) {
		if (logger.isWarnEnabled()) {
			logger.warn("This worker can't accept a connection for a second: %s%s".formatted(cause.getMessage(),
					remedy(cause)));
		}
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
