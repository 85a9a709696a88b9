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
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.AbstractEpollStreamChannel;

import io.prefork.contract.DispatchStrategy;
import io.prefork.contract.Scoreboard;
import io.prefork.launcher.edge.ConnectionSink;
import io.prefork.launcher.edge.ConnectionTargets;

/**
 * Accepts connections in the master and passes each to a worker. While no worker can take
 * one nothing is accepted, so that connections wait in the accept queue. Methods may be
 * called from any thread; everything happens on one event loop.
 */
public final class Dispatcher implements ConnectionTargets {

	private static final long SHORTEST_PACE = Duration.ofNanos(500_000).toNanos();

	private static final long LONGEST_PACE = Duration.ofMillis(5).toNanos();

	private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

	private final Map<ConnectionSink, DispatchTarget> targets = new HashMap<>();

	private final List<DispatchTarget> candidates = new ArrayList<>();

	private final Deque<AbstractEpollStreamChannel> waiting = new ArrayDeque<>();

	private final List<ServerChannel> listeners = new ArrayList<>();

	private final EventLoop eventLoop;

	private final DispatchStrategy strategy;

	private final int limit;

	private final Consumer<String> warnings;

	private int last;

	private long pace = SHORTEST_PACE;

	private boolean scheduled;

	private boolean accepting;

	/**
	 * Create a dispatcher.
	 * @param listeners the listeners, which are made to accept from now on
	 * @param strategy which worker gets the next connection
	 * @param limit the largest number of connections of a worker; 0 for any
	 * @param warnings is told when connections can't be accepted
	 */
	public Dispatcher(Listeners listeners, DispatchStrategy strategy, int limit, Consumer<String> warnings) {
		this.strategy = strategy;
		this.limit = limit;
		this.warnings = warnings;
		this.eventLoop = listeners.acceptWith(this::add);
	}

	@Override
	public void add(ConnectionSink worker, Scoreboard.Line line) {
		this.eventLoop.execute(() -> {
			DispatchTarget target = new DispatchTarget(worker, line, this.limit);
			this.targets.put(worker, target);
			this.candidates.add(target);
			work();
		});
	}

	@Override
	public void end(ConnectionSink worker) {
		this.eventLoop.execute(() -> {
			DispatchTarget target = this.targets.get(worker);
			if (target != null) {
				this.candidates.remove(target);
				target.end();
				work();
			}
		});
	}

	@Override
	public void remove(ConnectionSink worker) {
		this.eventLoop.execute(() -> {
			DispatchTarget target = this.targets.remove(worker);
			if (target != null) {
				this.candidates.remove(target);
				target.end();
				this.waiting.addAll(target.takeBack());
				work();
			}
		});
	}

	private void add(ServerChannel listener) {
		this.listeners.removeIf((each) -> !each.isOpen());
		this.listeners.add(listener);
		listener.pipeline().addLast("dispatch", new Handler());
		listener.config().setAutoRead(this.accepting);
	}

	/**
	 * Give away what waits, close what has arrived, and accept if that makes sense.
	 */
	private void work() {
		boolean progress = settle();
		int next = choose();
		while (next >= 0 && !this.waiting.isEmpty()) {
			send(next, this.waiting.remove());
			progress = true;
			next = choose();
		}
		accept(next >= 0);
		boolean settled = this.targets.values().stream().allMatch(DispatchTarget::isSettled);
		if (!settled || (next < 0 && !this.candidates.isEmpty())) {
			again(progress);
		}
	}

	private boolean settle() {
		boolean progress = false;
		for (DispatchTarget target : this.targets.values()) {
			progress |= target.settle();
		}
		return progress;
	}

	private void again(boolean progress) {
		this.pace = progress ? SHORTEST_PACE : Math.min(2 * this.pace, LONGEST_PACE);
		if (!this.scheduled && !this.eventLoop.isShuttingDown()) {
			this.scheduled = true;
			this.eventLoop.schedule(() -> {
				this.scheduled = false;
				work();
			}, this.pace, TimeUnit.NANOSECONDS);
		}
	}

	private void accept(boolean accepting) {
		if (this.accepting != accepting) {
			this.accepting = accepting;
			this.listeners.stream()
				.filter(ServerChannel::isOpen)
				.forEach((listener) -> listener.config().setAutoRead(accepting));
		}
	}

	private void dispatch(AbstractEpollStreamChannel connection) {
		settle();
		int next = this.waiting.isEmpty() ? choose() : -1;
		if (next >= 0) {
			send(next, connection);
			if (!this.scheduled) {
				again(true);
			}
		}
		else {
			this.waiting.add(connection);
			work();
		}
	}

	private int choose() {
		return WorkerChoice.next(this.strategy, this.candidates, this.last);
	}

	private void send(int index, AbstractEpollStreamChannel connection) {
		this.last = index;
		DispatchTarget target = this.candidates.get(index);
		target.send(connection, () -> this.eventLoop.execute(target::fail));
	}

	private void failed(ChannelHandlerContext context, Throwable cause) {
		this.warnings.accept("connections can't be accepted for a second: %s; if there are too few file descriptors "
			.formatted(cause.getMessage()) + "raise the limit of the master (ulimit -n, LimitNOFILE=)");
		context.channel().config().setAutoRead(false);
		context.channel()
			.eventLoop()
			.schedule(() -> context.channel().config().setAutoRead(this.accepting), AFTER_FAILURE.toMillis(),
					TimeUnit.MILLISECONDS);
	}

	/**
	 * Takes connections from a listener.
	 */
	private final class Handler extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			dispatch((AbstractEpollStreamChannel) message);
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			failed(context, cause);
		}

	}

}
