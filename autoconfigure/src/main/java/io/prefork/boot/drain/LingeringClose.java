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

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes a connection so that the client sees an orderly end and never a reset: the
 * sending side first, then, after the client has closed its side or a short while, the
 * rest. What the client sends in between is not looked at, so no request is carried out
 * whose answer could not be sent (RFC 9112, 9.6).
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {

	private static final Duration LIMIT = Duration.ofSeconds(1);

	private LingeringClose() {
	}

	static void begin(Channel channel) {
		if (channel.pipeline().get(LingeringClose.class) != null) {
			return;
		}
		SslHandler tls = channel.pipeline().get(SslHandler.class);
		channel.pipeline().addFirst(new LingeringClose());
		if (tls != null) {
			// Not before close_notify has been written, or it would be lost.
			tls.closeOutbound().addListener((written) -> ((DuplexChannel) channel).shutdownOutput());
		}
		else {
			((DuplexChannel) channel).shutdownOutput();
		}
		channel.read();
		channel.eventLoop().schedule(() -> channel.close(), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ReferenceCountUtil.release(message);
		context.read();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof ChannelInputShutdownEvent) {
			context.close();
		}
		else {
			context.fireUserEventTriggered(event);
		}
	}

}
