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

package io.prefork.launcher.control;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

import io.prefork.launcher.edge.ControlListener;
import io.prefork.protocol.OperatorRequest;

/**
 * Takes what an operator asks for on a connection of its own, one after the other: the
 * next request is read when the one before is answered.
 */
final class OperatorHandler extends SimpleChannelInboundHandler<OperatorRequest> {

	private final ControlListener listener;

	OperatorHandler(ControlListener listener) {
		super(OperatorRequest.class);
		this.listener = listener;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, OperatorRequest message) {
		context.channel().config().setAutoRead(false);
		this.listener.asked(message, (answer) -> context.writeAndFlush(answer).addListener((written) -> {
			if (written.isSuccess()) {
				context.channel().config().setAutoRead(true);
			}
			else {
				context.close();
			}
		}));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
