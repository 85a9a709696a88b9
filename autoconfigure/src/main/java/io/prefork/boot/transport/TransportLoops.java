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

package io.prefork.boot.transport;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.NonBlocking;
import reactor.netty.resources.LoopResources;

/**
 * The event loops that this worker's servers run on: the application's own if they are of
 * the right transport, so that clients share them as they do without prefork; if not,
 * loops that all servers of this worker have together. Thread-safe.
 */
public final class TransportLoops implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(TransportLoops.class);

	private final Supplier<ServerTransport> choice;

	private @Nullable ServerTransport transport;

	private final Map<String, EventLoopGroup> own = new HashMap<>();

	/**
	 * Create loops, without starting any.
	 * @param choice chooses the transport when the first server starts
	 */
	public TransportLoops(Supplier<ServerTransport> choice) {
		this.choice = choice;
	}

	public synchronized ServerTransport transport() {
		ServerTransport chosen = (this.transport != null) ? this.transport : this.choice.get();
		this.transport = chosen;
		return chosen;
	}

	/**
	 * Decide between the application's loops and own ones.
	 * @param loops the application's
	 * @return those to serve connections on
	 */
	public EventLoopGroup forConnections(EventLoopGroup loops) {
		return instead(loops, transport(), LoopResources.DEFAULT_IO_WORKER_COUNT);
	}

	/**
	 * The same for listeners.
	 * @param loops the application's
	 * @return those to accept on
	 */
	public EventLoopGroup forListeners(EventLoopGroup loops) {
		ServerTransport transport = transport();
		ServerTransport accepting = transport.ofListeners();
		return instead(loops, accepting, (accepting == transport) ? LoopResources.DEFAULT_IO_WORKER_COUNT : 1);
	}

	private synchronized EventLoopGroup instead(EventLoopGroup loops, ServerTransport transport, int count) {
		return transport.isCompatible(loops) ? loops
				: this.own.computeIfAbsent(transport.label(), (label) -> newLoops(label, transport, count));
	}

	private EventLoopGroup newLoops(String label, ServerTransport transport, int count) {
		if (transport == transport()) {
			logger.info("The application's event loops are not on %s: its servers get %d of their own".formatted(label,
					count));
		}
		return new MultiThreadIoEventLoopGroup(count, new Threads("prefork-http-" + label + "-"), transport.handlers());
	}

	/**
	 * End own loops. They end without waiting, since no server uses them any more.
	 */
	@Override
	public synchronized void close() {
		this.own.values().forEach((group) -> group.shutdownGracefully(0, 0, TimeUnit.SECONDS));
	}

	private record Threads(String prefix, AtomicInteger count) implements ThreadFactory {

		Threads(String prefix) {
			this(prefix, new AtomicInteger());
		}

		@Override
		public Thread newThread(Runnable loop) {
			Thread thread = new LoopThread(loop);
			thread.setName(this.prefix + this.count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		}

	}

	/**
	 * A thread on which Reactor refuses to block, as it does on Reactor Netty's loops.
	 */
	private static final class LoopThread extends FastThreadLocalThread implements NonBlocking {

		LoopThread(Runnable loop) {
			super(loop);
		}

	}

}
