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

package io.prefork.boot.drain;

import java.nio.channels.ClosedChannelException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.NettyPipeline;

/**
 * The closing handshake of a WebSocket (RFC 6455, 7.1.2), begun by this side. Messages
 * that the client sent before it saw the Close frame still reach the application; what
 * the application sends from now on fails. Reactor Netty's own {@code sendClose} would
 * not wait for the client's Close frame.
 */
final class WebSocketEnd extends ChannelDuplexHandler {

	private volatile boolean sent;

	private WebSocketEnd() {
	}

	/**
	 * Send the Close frame. Has to be called on the connection's event loop.
	 * @param channel the connection
	 * @param status why it ends
	 */
	static void begin(Channel channel, WebSocketCloseStatus status) {
		if (channel.pipeline().get(WebSocketEnd.class) == null) {
			WebSocketEnd end = new WebSocketEnd();
			channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, null, end);
			ChannelHandlerContext context = channel.pipeline().context(end);
			context.writeAndFlush(new CloseWebSocketFrame(status))
				.addListener((written) -> end.sent = written.isSuccess());
			context.read();
		}
	}

	/**
	 * Whether the Close frame is on its way.
	 * @return whether it was sent
	 */
	boolean isSent() {
		return this.sent;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof CloseWebSocketFrame) {
			ReferenceCountUtil.release(message);
			context.close();
		}
		else {
			context.fireChannelRead(message);
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof PongWebSocketFrame) {
			context.write(message, promise);
			return;
		}
		ReferenceCountUtil.release(message);
		if (message instanceof CloseWebSocketFrame) {
			// Reactor Netty closes the connection when this is done, which is too early.
			context.channel().closeFuture().addListener((closed) -> promise.trySuccess());
		}
		else {
			promise.setFailure(new ClosedChannelException());
		}
	}

}
