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

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The ways in which HTTP ends a connection without losing a request. All methods have to
 * be called on the connection's event loop.
 */
final class HttpClosing {

	/**
	 * Time for requests that the client sent before it saw the first GOAWAY: more than a
	 * round trip, see RFC 9113, 6.8.
	 */
	private static final Duration GOAWAY_GRACE = Duration.ofSeconds(1);

	private HttpClosing() {
	}

	/**
	 * Tell the client that the connection is about to end.
	 * @param channel the connection
	 * @param grace how long the client may take to notice
	 */
	static void announce(Channel channel, Duration grace) {
		if (goAway(channel)) {
			Duration delay = (grace.compareTo(GOAWAY_GRACE) < 0) ? grace : GOAWAY_GRACE;
			// Sends the second GOAWAY, waits for the streams, then closes.
			channel.eventLoop().schedule(() -> channel.close(), delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		else {
			closeAfterAnswer(channel);
		}
	}

	/**
	 * Make the answer in progress the connection's last one, unless its head is on the
	 * way already.
	 * @param channel the connection, or the stream of an HTTP/2 connection
	 */
	static void closeAfterAnswer(Channel channel) {
		if (isHttp1(channel) && ChannelOperations.get(channel) instanceof HttpServerResponse answer
				&& !answer.hasSentHeaders()) {
			answer.keepAlive(false);
		}
	}

	/**
	 * Close an HTTP/1.1 connection that no request is using.
	 * @param channel the connection
	 */
	static void closeIfIdle(Channel channel) {
		if (channel.isActive() && isHttp1(channel) && http2(channel) == null
				&& ChannelOperations.get(channel) == null) {
			LingeringClose.begin(channel);
		}
	}

	private static boolean goAway(Channel channel) {
		ChannelHandlerContext context = http2(channel);
		if (context == null) {
			return false;
		}
		DefaultHttp2GoAwayFrame frame = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
		frame.setExtraStreamIds(Integer.MAX_VALUE);
		context.writeAndFlush(frame);
		return true;
	}

	private static @Nullable ChannelHandlerContext http2(Channel channel) {
		ChannelHandlerContext codec = channel.pipeline().context(Http2FrameCodec.class);
		return (codec != null) ? codec : null;
	}

	private static boolean isHttp1(Channel channel) {
		return channel.parent() instanceof io.netty.channel.ServerChannel;
	}

}
