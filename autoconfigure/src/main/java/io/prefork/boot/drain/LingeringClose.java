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
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes a connection so that the client sees an orderly end and never a reset: the
 * sending side first, then, after the client has closed its side or been silent for a
 * short while, the rest. What the client sends in between is not looked at, so no request
 * is carried out whose answer could not be sent (RFC 9112, 9.6). All methods have to be
 * called on the connection's event loop.
 */
final class LingeringClose extends ChannelDuplexHandler {

	private static final Duration LIMIT = Duration.ofSeconds(1);

	private boolean begun;

	private long heardAt;

	private LingeringClose() {
	}

	/**
	 * Let a connection linger whoever closes it.
	 * @param connection the connection
	 * @return what closes it
	 */
	static LingeringClose prepare(Channel connection) {
		LingeringClose prepared = connection.pipeline().get(LingeringClose.class);
		if (prepared != null) {
			return prepared;
		}
		LingeringClose close = new LingeringClose();
		connection.pipeline().addFirst(close);
		return close;
	}

	/**
	 * Begin to close a connection.
	 * @param connection the connection
	 */
	static void begin(Channel connection) {
		prepare(connection).linger(connection);
	}

	/**
	 * Whether a connection waits only for its client.
	 * @param connection the connection
	 * @return {@code true} if its end has begun
	 */
	static boolean hasBegun(Channel connection) {
		LingeringClose close = connection.pipeline().get(LingeringClose.class);
		return close != null && close.begun;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.begun) {
			ReferenceCountUtil.release(message);
			this.heardAt = System.nanoTime();
			context.read();
		}
		else {
			context.fireChannelRead(message);
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (this.begun && event instanceof ChannelInputShutdownEvent) {
			context.close();
		}
		else {
			context.fireUserEventTriggered(event);
		}
	}

	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		context.channel().closeFuture().addListener((closed) -> promise.trySuccess());
		linger(context.channel());
	}

	private void linger(Channel connection) {
		if (this.begun) {
			return;
		}
		this.begun = true;
		SslHandler tls = connection.pipeline().get(SslHandler.class);
		if (tls != null) {
			// Not before close_notify has been written, or it would be lost.
			tls.closeOutbound().addListener((written) -> ((DuplexChannel) connection).shutdownOutput());
		}
		else {
			((DuplexChannel) connection).shutdownOutput();
		}
		connection.read();
		this.heardAt = System.nanoTime();
		closeWhenSilent(connection.pipeline().context(this), LIMIT);
	}

	private void closeWhenSilent(ChannelHandlerContext context, Duration rest) {
		context.executor().schedule(() -> {
			Duration silence = Duration.ofNanos(System.nanoTime() - this.heardAt);
			if (silence.compareTo(LIMIT) >= 0) {
				context.close();
			}
			else {
				closeWhenSilent(context, LIMIT.minus(silence));
			}
		}, rest.toMillis(), TimeUnit.MILLISECONDS);
	}

}
