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
import java.util.List;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ServerChannel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

import io.prefork.boot.accept.AcceptBackoff;
import io.prefork.boot.accept.AcceptFailure;
import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.accept.ConnectionBalance;
import io.prefork.boot.control.ReceivedListener;
import io.prefork.boot.drain.Connections;
import io.prefork.boot.transport.ServerTransport;
import io.prefork.contract.Distribution;

/**
 * First handler of a listener that was handed over: it is bound already, and whatever it
 * accepts is remembered.
 */
final class ListenerHandler extends ChannelDuplexHandler {

	/**
	 * The transport of a server, which makes its listeners and connections.
	 */
	static final AttributeKey<ServerTransport> TRANSPORT = AttributeKey.valueOf(ListenerHandler.class, "TRANSPORT");

	/**
	 * What the listener of a server was handed over as.
	 */
	private static final AttributeKey<ReceivedListener> HANDED = AttributeKey.valueOf(ListenerHandler.class, "HANDED");

	private final AcceptGate gate;

	private final Connections connections;

	private final List<ServerChannel> others;

	private @Nullable AcceptBackoff stepAside;

	/**
	 * Create a handler.
	 * @param gate whether the worker accepts
	 * @param connections the worker's connections
	 * @param others the server's other listeners, which are registered with the same
	 * event loop when this one is bound
	 */
	ListenerHandler(AcceptGate gate, Connections connections, List<ServerChannel> others) {
		this.gate = gate;
		this.connections = connections;
		this.others = others;
	}

	@Override
	public void bind(ChannelHandlerContext context, SocketAddress localAddress, ChannelPromise promise) {
		ServerChannel listener = (ServerChannel) context.channel();
		for (ServerChannel other : this.others) {
			ChannelFuture registration = listener.eventLoop().register(other);
			if (!registration.isSuccess()) {
				promise.setFailure(registration.cause());
				return;
			}
		}
		begin(listener);
		this.others.forEach((other) -> other.pipeline().get(ListenerHandler.class).begin(other));
		// Last, since a server that has started may be shut at once.
		promise.setSuccess();
	}

	private void begin(ServerChannel listener) {
		boolean shared = handed(listener).distribution() == Distribution.SHARED;
		ConnectionBalance balance = this.connections.balance();
		if (shared && balance != null) {
			this.stepAside = new AcceptBackoff(listener, this.gate, balance);
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
		if (!this.gate.isAccepting()) {
			context.channel().config().setAutoRead(false);
		}
		context.fireChannelRead(message);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (this.stepAside != null) {
			this.stepAside.cancel();
		}
		AcceptFailure.rest(context.channel(), this.gate, cause);
	}

	static void hand(ServerChannel listener, ReceivedListener handed) {
		listener.attr(HANDED).set(handed);
	}

	static ReceivedListener handed(ServerChannel listener) {
		return listener.attr(HANDED).get();
	}

}
