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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Loads a service with requests in HTTP/1.1, from one thread. One load follows the other;
 * not thread-safe.
 */
public final class LoadGenerator implements AutoCloseable {

	private final EventLoop loop;

	private final ConnectionPool pool;

	/**
	 * Create a generator without connections.
	 * @param target the service, on a loopback address
	 * @param requests what it sends, in turn
	 * @param connections how many connections it makes at most
	 * @throws IllegalArgumentException if the target is another host
	 */
	public LoadGenerator(InetSocketAddress target, List<LoadRequest> requests, int connections) {
		if (!target.getAddress().isLoopbackAddress()) {
			throw new IllegalArgumentException("%s is not on this machine".formatted(target));
		}
		boolean epoll = Epoll.isAvailable();
		IoHandlerFactory handler = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
		Class<? extends Channel> type = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
		this.loop = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("prefork-load", true), handler).next();
		this.pool = new ConnectionPool(this.loop, type, target,
				new RequestCycle(requests, "localhost:" + target.getPort()), connections);
	}

	/**
	 * Send as many requests as some clients can that wait for each answer.
	 * @param clients the number of clients
	 * @param duration for how long
	 * @param patience how long to wait for answers after that
	 * @return what came of it
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public LoadResult closed(int clients, Duration duration, Duration patience) throws InterruptedException {
		return run(new ClosedPacing(clients), duration, patience);
	}

	/**
	 * Send requests at a rate, however quickly they are answered.
	 * @param rate how many there are in a second on average
	 * @param duration for how long
	 * @param patience how long to wait for answers after that
	 * @return what came of it
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public LoadResult open(double rate, Duration duration, Duration patience) throws InterruptedException {
		return run(new OpenPacing(this.loop, rate, duration), duration, patience);
	}

	@Override
	public void close() {
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	private LoadResult run(Pacing pacing, Duration duration, Duration patience) throws InterruptedException {
		CompletableFuture<LoadResult> result = new CompletableFuture<>();
		this.loop.execute(() -> {
			LoadRun run = new LoadRun(this.pool, pacing, duration);
			this.pool.serve(run);
			this.loop.schedule(run::over, duration.toNanos(), TimeUnit.NANOSECONDS);
			this.loop.schedule(run::giveUp, duration.plus(patience).toNanos(), TimeUnit.NANOSECONDS);
			run.begin().thenAccept(result::complete);
		});
		try {
			return result.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
