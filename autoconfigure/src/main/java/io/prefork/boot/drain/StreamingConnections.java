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

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerInfos;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * What would never end by itself and has an end that its client understands: event
 * streams, WebSockets, and connections of other protocols than HTTP. All other answers
 * are left alone, because to complete them would pass off a part as the whole.
 * Thread-safe.
 */
final class StreamingConnections {

	private static final Duration RESERVE = Duration.ofSeconds(1);

	private static final int RESERVE_SHARE_OF_BUDGET = 4;

	private final ChannelGroup http2Streams = new DefaultChannelGroup("prefork-http2-streams",
			GlobalEventExecutor.INSTANCE);

	/**
	 * The part of a drain's budget that is kept for the ends and for the clients' answers
	 * to them.
	 * @param budget the budget
	 * @return the part
	 */
	static Duration reserve(Duration budget) {
		Duration share = budget.dividedBy(RESERVE_SHARE_OF_BUDGET);
		return (share.compareTo(RESERVE) < 0) ? share : RESERVE;
	}

	/**
	 * Whether a connection is through with its proper end, and waits only for its client.
	 * @param connection the connection
	 * @return whether nothing is lost if it is closed
	 */
	static boolean hasEnded(Channel connection) {
		WebSocketEnd webSocket = connection.pipeline().get(WebSocketEnd.class);
		return (webSocket != null && webSocket.isSent()) || LingeringClose.hasBegun(connection);
	}

	/**
	 * Remember a request's stream: HTTP/2 connections can't be asked for theirs.
	 * @param channel the connection, or a stream of an HTTP/2 connection
	 */
	void add(Channel channel) {
		if (channel instanceof Http2StreamChannel) {
			this.http2Streams.add(channel);
		}
	}

	/**
	 * Begin to end event streams and WebSockets; returns at once.
	 * @param connections the connections
	 * @param lastCall whether nobody else will serve their clients
	 */
	void end(Iterable<Channel> connections, boolean lastCall) {
		WebSocketCloseStatus status = lastCall ? WebSocketCloseStatus.ENDPOINT_UNAVAILABLE
				: WebSocketCloseStatus.SERVICE_RESTART;
		connections.forEach((channel) -> channel.eventLoop().execute(() -> end(channel, status)));
		this.http2Streams.forEach((channel) -> channel.eventLoop().execute(() -> end(channel, status)));
	}

	private static void end(Channel channel, WebSocketCloseStatus status) {
		ChannelOperations<?, ?> operations = ChannelOperations.get(channel);
		if (operations instanceof WebsocketOutbound) {
			WebSocketEnd.begin(channel, status);
		}
		else if (operations instanceof HttpServerResponse answer && StreamEnd.isEventStream(answer)) {
			StreamEnd.begin(operations);
		}
		else if (operations != null && !(operations instanceof HttpServerInfos)) {
			LingeringClose.begin(channel);
		}
	}

}
