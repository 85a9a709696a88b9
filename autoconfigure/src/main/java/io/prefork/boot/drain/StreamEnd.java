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

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Ends an event stream as if the application had no more events: the body is completed
 * and then the connection closed, or, over HTTP/2, the stream. Its clients connect again
 * by themselves. Should a slow client have received only the beginning of an event, it
 * drops that (HTML, 9.2.6). Reactor Netty discards what the application sends after the
 * end, and cancels its publisher when the connection closes.
 */
final class StreamEnd extends ChannelDuplexHandler {

	private StreamEnd() {
	}

	/**
	 * Whether an answer is a stream of events that has begun. Before that the client
	 * can't be told anything that would make it try again.
	 * @param answer the answer
	 * @return whether it can be ended
	 */
	static boolean isEventStream(HttpServerResponse answer) {
		String type = answer.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE);
		return type != null && answer.hasSentHeaders()
				&& HttpHeaderValues.TEXT_EVENT_STREAM.contentEqualsIgnoreCase(HttpUtil.getMimeType(type));
	}

	/**
	 * Complete an answer. Has to be called on the connection's event loop.
	 * @param answer the answer
	 */
	static void begin(ChannelOperations<?, ?> answer) {
		Channel channel = answer.channel();
		if (!answer.isSubscriptionDisposed() && channel.pipeline().get(StreamEnd.class) == null) {
			channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, null, new StreamEnd());
			answer.disposeSubscriber().onComplete();
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof LastHttpContent) {
			promise.addListener((written) -> {
				if (written.isSuccess() && context.channel() instanceof DuplexChannel) {
					LingeringClose.begin(context.channel());
				}
			});
		}
		context.write(message, promise);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		// A pipelined request must not be carried out any more.
		ReferenceCountUtil.release(message);
	}

}
