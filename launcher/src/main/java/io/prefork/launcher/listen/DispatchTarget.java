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

package io.prefork.launcher.listen;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import io.netty.channel.epoll.AbstractEpollStreamChannel;

import io.prefork.contract.Scoreboard;
import io.prefork.launcher.edge.ConnectionSink;

/**
 * One worker to which connections are passed. The master keeps its copy of a connection
 * until the worker's line on the scoreboard says that it has arrived: if the worker dies
 * before, another one can have it. Belongs to the accepting event loop.
 */
final class DispatchTarget implements WorkerChoice.Load {

	/**
	 * A worker that leaves a connection untouched for so long does not run.
	 */
	private static final long SLOW = Duration.ofMillis(50).toNanos();

	/**
	 * A worker whose loops have not been seen running for so long gets nothing more.
	 */
	private static final long SILENT = Duration.ofSeconds(1).toNanos();

	private static final int MOST_ON_THE_WAY = 64;

	private final Deque<OnTheWay> onTheWay = new ArrayDeque<>();

	private final ConnectionSink sink;

	private final Scoreboard.Line line;

	private final int limit;

	private long sent;

	private long arrived;

	private double turns;

	private boolean broken;

	private boolean ended;

	/**
	 * Create a target.
	 * @param sink the way to the worker
	 * @param line its line on the scoreboard
	 * @param limit the largest number of its connections; 0 for any
	 */
	DispatchTarget(ConnectionSink sink, Scoreboard.Line line, int limit) {
		this.limit = limit;
		this.sink = sink;
		this.line = line;
		this.arrived = line.openedConnections();
		this.sent = this.arrived;
	}

	@Override
	public boolean isAvailable() {
		return !this.broken && !this.ended && this.onTheWay.size() < MOST_ON_THE_WAY
				&& (this.limit == 0 || connections() < this.limit) && isPrompt(System.nanoTime());
	}

	@Override
	public long connections() {
		return this.sent - this.line.closedConnections();
	}

	@Override
	public double share() {
		return this.line.share(System.nanoTime());
	}

	@Override
	public boolean isNext(double share) {
		this.turns += share;
		if (this.turns < 1) {
			return false;
		}
		this.turns = 0;
		return true;
	}

	/**
	 * Send a connection.
	 * @param connection the connection
	 * @param failed is run if it can't be sent, on any thread
	 */
	void send(AbstractEpollStreamChannel connection, Runnable failed) {
		this.sent++;
		this.onTheWay.add(new OnTheWay(connection, System.nanoTime()));
		this.sink.sendConnection(connection.fd().intValue(), (sent) -> {
			if (!sent) {
				failed.run();
			}
		});
	}

	/**
	 * The worker can't be reached any more; its end will tell what it has got.
	 */
	void fail() {
		this.broken = true;
	}

	/**
	 * Close the master's copies of what has arrived.
	 * @return whether anything has
	 */
	boolean settle() {
		long before = this.arrived;
		this.arrived = this.line.openedConnections();
		while (this.sent - this.onTheWay.size() < this.arrived && !this.onTheWay.isEmpty()) {
			this.onTheWay.remove().connection().unsafe().closeForcibly();
		}
		return this.arrived != before;
	}

	boolean isSettled() {
		return this.onTheWay.isEmpty();
	}

	/**
	 * Send nothing more.
	 */
	void end() {
		if (!this.ended) {
			this.ended = true;
			this.sink.endConnections();
		}
	}

	/**
	 * Take back what has not arrived at a worker that has ended.
	 * @return the connections
	 */
	Deque<AbstractEpollStreamChannel> takeBack() {
		settle();
		Deque<AbstractEpollStreamChannel> back = new ArrayDeque<>();
		this.onTheWay.forEach((each) -> back.add(each.connection()));
		this.onTheWay.clear();
		return back;
	}

	private boolean isPrompt(long now) {
		OnTheWay oldest = this.onTheWay.peek();
		return (oldest == null || now - oldest.since() < SLOW)
				&& (this.line.seenAt() == 0 || this.line.isSeenWithin(SILENT, now));
	}

	/**
	 * A connection that has been sent.
	 *
	 * @param connection the master's copy
	 * @param since when it was sent, see {@link System#nanoTime}
	 */
	private record OnTheWay(AbstractEpollStreamChannel connection, long since) {

	}

}
