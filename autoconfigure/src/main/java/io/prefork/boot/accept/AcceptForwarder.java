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

package io.prefork.boot.accept;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInboundInvoker;

/**
 * Brings the connections of one more socket to a server, as if the server's own listener
 * had accepted them.
 */
public final class AcceptForwarder extends ChannelInboundHandlerAdapter {

	private final ChannelInboundInvoker server;

	private final AcceptGate gate;

	/**
	 * Create a forwarder.
	 * @param server the pipeline of the server's listener, or where in it connections
	 * enter; the listener has the same event loop as the socket
	 * @param gate whether the worker accepts
	 */
	public AcceptForwarder(ChannelInboundInvoker server, AcceptGate gate) {
		this.server = server;
		this.gate = gate;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		context.channel().attr(AcceptGate.FORWARDS).set(true);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.server.fireChannelRead(message);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		AcceptFailure.rest(context.channel(), this.gate, cause);
	}

}
