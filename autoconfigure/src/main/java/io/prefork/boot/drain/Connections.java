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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServerState;

import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.accept.ConnectionBalance;
import io.prefork.boot.accept.ConnectionLimit;
import io.prefork.contract.Scoreboard;

/**
 * The connections of this worker, and how they end when it drains: answers in progress
 * are completed, the next answer of each HTTP/1.1 connection says
 * {@code Connection: close} (RFC 9112, 9.6), HTTP/2 connections get GOAWAY (RFC 9113,
 * 6.8), and idle connections are left alone until their grace is over. What is still
 * there near the end of the budget and could last for ever is ended in order.
 * Thread-safe.
 */
public final class Connections implements ConnectionObserver {

	private static final Duration CUT_LIMIT = Duration.ofSeconds(2);

	private final ChannelGroup channels = new DefaultChannelGroup("prefork-connections", GlobalEventExecutor.INSTANCE);

	private final RequestCounter requests = new RequestCounter(this.channels::size);

	private final StreamingConnections longConnections = new StreamingConnections();

	private final @Nullable ConnectionBalance balance;

	private final ConnectionLimit limit;

	private volatile boolean draining;

	private volatile long idleUntil;

	/**
	 * Create the connections of a process that has nobody to tell about them.
	 */
	public Connections() {
		this.balance = null;
		this.limit = new ConnectionLimit(0, new AcceptGate());
	}

	/**
	 * Create the connections of a worker.
	 * @param scoreboard all workers' connections
	 * @param line the number of the worker's line
	 * @param limit the largest number of connections; 0 for any
	 * @param gate whether the worker accepts
	 */
	public Connections(Scoreboard scoreboard, int line, int limit, AcceptGate gate) {
		this.balance = new ConnectionBalance(scoreboard, line);
		this.limit = new ConnectionLimit(limit, gate);
	}

	public void add(Channel connection) {
		this.channels.add(connection);
		ConnectionBalance balance = this.balance;
		if (balance != null) {
			long since = System.nanoTime();
			balance.line().opened();
			this.limit.opened();
			connection.closeFuture().addListener((closed) -> {
				this.limit.closed();
				balance.line().closed();
				balance.closed(since, System.nanoTime());
			});
		}
	}

	/**
	 * What keeps this worker's share of the connections even.
	 * @return the balance, or {@code null} if there are no other workers
	 */
	public @Nullable ConnectionBalance balance() {
		return this.balance;
	}

	/**
	 * What is counted about the requests on these connections.
	 * @return the counter
	 */
	public RequestCounter requests() {
		return this.requests;
	}

	/**
	 * Called for every state change of every request, so does next to nothing until the
	 * worker drains.
	 */
	@Override
	public void onStateChange(Connection connection, State state) {
		this.requests.changed(connection, state);
		if (state == HttpServerState.REQUEST_RECEIVED) {
			this.longConnections.add(connection.channel());
		}
		if (this.draining) {
			if (state == HttpServerState.REQUEST_RECEIVED) {
				HttpClosing.announce(connection.channel(), remainingGrace());
			}
			else if (state == State.DISCONNECTING) {
				closeWhenIdle(connection.channel(), remainingGrace());
			}
		}
	}

	/**
	 * End all connections; returns when none is left. No new one must be added.
	 * @param plan how long that may take
	 * @return the number of connections that had to be cut
	 */
	public int drain(DrainPlan plan) {
		DrainPlan.Terms terms = plan.terms();
		this.idleUntil = System.nanoTime() + terms.idleGrace().toNanos();
		this.draining = true;
		CompletableFuture<Void> empty = new CompletableFuture<>();
		ChannelGroupFuture end = this.channels.newCloseFuture();
		end.addListener((closed) -> empty.complete(null));
		for (Channel channel : this.channels) {
			channel.eventLoop().execute(() -> {
				HttpClosing.announce(channel, terms.idleGrace());
				closeWhenIdle(channel, terms.idleGrace());
			});
		}
		Duration reserve = StreamingConnections.reserve(terms.budget());
		if (plan.await(terms.budget().minus(reserve), empty)) {
			return 0;
		}
		this.longConnections.end(this.channels, plan.terms().lastCall());
		if (plan.await(reserve, empty)) {
			return 0;
		}
		long cut = this.channels.stream().filter((channel) -> !StreamingConnections.hasEnded(channel)).count();
		this.channels.forEach((channel) -> channel.eventLoop().execute(() -> cut(channel)));
		end.awaitUninterruptibly(CUT_LIMIT.toMillis());
		return Math.toIntExact(cut);
	}

	private static void cut(Channel channel) {
		// HTTP/2 would make a close by way of the pipeline wait for the streams.
		channel.unsafe().close(channel.voidPromise());
	}

	private void closeWhenIdle(Channel channel, Duration grace) {
		channel.eventLoop().schedule(() -> HttpClosing.closeIfIdle(channel), grace.toMillis(), TimeUnit.MILLISECONDS);
	}

	private Duration remainingGrace() {
		return Duration.ofNanos(Math.max(0, this.idleUntil - System.nanoTime()));
	}

}
