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

import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.AttributeKey;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver.State;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerState;

/**
 * Counts what a worker does: HTTP/1.1 requests, HTTP/2 streams and WebSocket messages
 * that arrive count as requests alike. Thread-safe.
 */
public final class RequestCounter {

	private static final int SERVER_ERROR = 500;

	private static final AttributeKey<Boolean> ACTIVE = AttributeKey.valueOf(RequestCounter.class, "ACTIVE");

	private final LongAdder requests = new LongAdder();

	private final LongAdder errors = new LongAdder();

	private final LongAdder active = new LongAdder();

	private final MessageCounter messages = new MessageCounter();

	private final IntSupplier connections;

	public RequestCounter(IntSupplier connections) {
		this.connections = connections;
	}

	/**
	 * Requests so far.
	 * @return the count
	 */
	public long requests() {
		return this.requests.sum();
	}

	/**
	 * Answers with a status of 500 or more so far.
	 * @return the count
	 */
	public long errors() {
		return this.errors.sum();
	}

	/**
	 * Forget what came before the first client.
	 */
	public void reset() {
		this.requests.reset();
		this.errors.reset();
	}

	/**
	 * Requests in progress.
	 * @return the count
	 */
	public int active() {
		return this.active.intValue();
	}

	/**
	 * Open connections.
	 * @return the count
	 */
	public int connections() {
		return this.connections.getAsInt();
	}

	/**
	 * A request has changed its state; called on its event loop.
	 * @param connection the request
	 * @param state its new state
	 */
	public void changed(Connection connection, State state) {
		if (state == HttpServerState.REQUEST_RECEIVED) {
			this.requests.increment();
			countMessages(connection);
			if (!Boolean.TRUE.equals(connection.channel().attr(ACTIVE).getAndSet(true))) {
				this.active.increment();
			}
		}
		else if (state == State.DISCONNECTING) {
			ended(connection);
		}
	}

	private void ended(Connection connection) {
		// The end of a request is also reported when its beginning was not.
		if (Boolean.TRUE.equals(connection.channel().attr(ACTIVE).getAndSet(false))) {
			this.active.decrement();
			if (connection instanceof HttpServerResponse response && response.status().code() >= SERVER_ERROR) {
				this.errors.increment();
			}
		}
	}

	private void countMessages(Connection connection) {
		ChannelPipeline pipeline = connection.channel().pipeline();
		if (connection instanceof HttpServerRequest request && mayBecomeWebSocket(request)
				&& pipeline.get(MessageCounter.class) == null && pipeline.get(NettyPipeline.ReactiveBridge) != null) {
			pipeline.addBefore(NettyPipeline.ReactiveBridge, null, this.messages);
		}
	}

	/**
	 * Whether the request asks for another protocol, see RFC 6455, 4.1 and RFC 8441, 4.
	 * @param request the request
	 * @return whether it may get one
	 */
	private static boolean mayBecomeWebSocket(HttpServerRequest request) {
		return request.requestHeaders().contains(HttpHeaderNames.UPGRADE)
				|| HttpMethod.CONNECT.equals(request.method());
	}

	@Sharable
	private final class MessageCounter extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof WebSocketFrame frame && frame.isFinalFragment() && isData(frame)) {
				RequestCounter.this.requests.increment();
			}
			context.fireChannelRead(message);
		}

		private static boolean isData(WebSocketFrame frame) {
			return frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame
					|| frame instanceof ContinuationWebSocketFrame;
		}

	}

}
