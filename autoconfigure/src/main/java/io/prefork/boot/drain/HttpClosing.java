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
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
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

	private static final AttributeKey<Boolean> ANNOUNCED = AttributeKey.valueOf(HttpClosing.class, "ANNOUNCED");

	private HttpClosing() {
	}

	/**
	 * Tell the client that the connection is about to end: the answer in progress becomes
	 * the last one, unless its head is on the way already, and an HTTP/2 connection gets
	 * its GOAWAYs, once.
	 * @param channel the connection, or a stream of an HTTP/2 connection
	 * @param grace how long the client may take to notice
	 */
	static void announce(Channel channel, Duration grace) {
		Channel connection = (channel instanceof Http2StreamChannel) ? channel.parent() : channel;
		if (!isHttp2(connection)) {
			closeAfterAnswer(connection);
		}
		else if (connection.attr(ANNOUNCED).setIfAbsent(true) == null) {
			Duration delay = (grace.compareTo(GOAWAY_GRACE) < 0) ? grace : GOAWAY_GRACE;
			goAway(connection, Integer.MAX_VALUE);
			connection.eventLoop().schedule(() -> {
				goAway(connection, 0);
				// Waits for the streams.
				connection.close();
			}, delay.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Close an HTTP/1.1 connection that no request is using.
	 * @param channel the connection
	 */
	static void closeIfIdle(Channel channel) {
		if (channel.isActive() && !(channel instanceof Http2StreamChannel) && !isHttp2(channel)
				&& ChannelOperations.get(channel) == null) {
			LingeringClose.begin(channel);
		}
	}

	private static void closeAfterAnswer(Channel channel) {
		if (ChannelOperations.get(channel) instanceof HttpServerResponse answer && !answer.hasSentHeaders()) {
			answer.keepAlive(false);
			LingeringClose.prepare(channel);
		}
	}

	private static void goAway(Channel channel, int extraStreams) {
		ChannelHandlerContext context = channel.pipeline().context(Http2FrameCodec.class);
		if (context != null) {
			DefaultHttp2GoAwayFrame frame = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
			frame.setExtraStreamIds(extraStreams);
			// The context's own write would begin after the codec.
			((Http2FrameCodec) context.handler()).write(context, frame, context.newPromise());
			context.flush();
		}
	}

	private static boolean isHttp2(Channel channel) {
		// gRPC's own sends its GOAWAYs when it is closed.
		return channel.pipeline().context(Http2ConnectionHandler.class) != null;
	}

}
