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

package io.prefork.launcher.load;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the service, of which another is made whenever none is idle. The one
 * that has been idle longest comes first, so that all are used. It is used by the event
 * loop alone.
 */
final class ConnectionPool {

	private final Deque<LoadConnection> idle = new ArrayDeque<>();

	private final Set<LoadConnection> busy = new LinkedHashSet<>();

	private final Bootstrap bootstrap;

	private final RequestCycle requests;

	private final int limit;

	private int connecting;

	private @Nullable LoadRun run;

	ConnectionPool(EventLoop loop, Class<? extends Channel> type, InetSocketAddress target, RequestCycle requests,
			int limit) {
		this.requests = requests;
		this.limit = limit;
		this.bootstrap = new Bootstrap().group(loop)
			.channel(type)
			.option(ChannelOption.TCP_NODELAY, true)
			.remoteAddress(target)
			.handler(new Initializer());
	}

	/**
	 * Let a load have the connections.
	 * @param run is told when there is one
	 */
	void serve(LoadRun run) {
		this.run = run;
	}

	/**
	 * Take an idle connection, or begin to make one.
	 * @return the connection; {@code null} if the load is to wait for one
	 */
	@Nullable LoadConnection acquire() {
		LoadConnection connection = this.idle.poll();
		if (connection != null) {
			this.busy.add(connection);
		}
		else if (this.busy.size() + this.connecting < this.limit) {
			this.connecting++;
			this.bootstrap.connect().addListener((ChannelFuture connect) -> connected(connect));
		}
		return connection;
	}

	void release(LoadConnection connection) {
		this.busy.remove(connection);
		this.idle.add(connection);
		sendWaiting();
	}

	void lost(LoadConnection connection) {
		this.idle.remove(connection);
		if (this.busy.remove(connection)) {
			sendWaiting();
		}
	}

	/**
	 * Close the connections that wait for an answer.
	 * @param unanswered is given the times at which the requests were due
	 */
	void closeBusy(LongConsumer unanswered) {
		List<LoadConnection> closing = new ArrayList<>(this.busy);
		this.busy.clear();
		closing.forEach((connection) -> unanswered.accept(connection.abandon()));
	}

	private void connected(ChannelFuture connect) {
		this.connecting--;
		if (connect.isSuccess()) {
			release(connect.channel().pipeline().get(LoadConnection.class));
		}
		else if (this.run != null) {
			this.run.refused(String.valueOf(connect.cause().getMessage()));
		}
	}

	private void sendWaiting() {
		if (this.run != null) {
			this.run.sendWaiting();
		}
	}

	private final class Initializer extends ChannelInitializer<Channel> {

		@Override
		protected void initChannel(Channel channel) {
			ResponseDecoder decoder = new ResponseDecoder();
			channel.pipeline()
				.addLast(decoder, new LoadConnection(decoder, ConnectionPool.this, ConnectionPool.this.requests));
		}

	}

}
