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

package io.prefork.sample.it.support;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * A load run under way.
 */
public final class LoadRun {

	/**
	 * The number of clients that share an HTTP/2 connection.
	 */
	private static final int STREAMS = 4;

	private final LoadRecorder recorder = new LoadRecorder();

	private final AtomicLong remaining;

	private final CountDownLatch running;

	private final long deadline;

	private final Duration longest;

	private final ConnectionProvider http2Connections;

	private volatile boolean stopped;

	private volatile long endedAt;

	LoadRun(LoadClient client) {
		this.remaining = new AtomicLong(client.requests());
		this.running = new CountDownLatch(client.connections());
		this.deadline = this.recorder.startedAt() + client.limit().toNanos();
		this.longest = client.limit().plus(client.patience());
		this.http2Connections = ConnectionProvider.create("load", Math.max(1, client.connections() / STREAMS));
		HttpClient http2 = client.http2(this.http2Connections);
		for (int index = 0; index < client.connections(); index++) {
			LoadLoop loop = new LoadLoop(client, this, client.connection(http2), index);
			Thread thread = new Thread(() -> run(loop), "load-" + index);
			thread.setDaemon(true);
			thread.start();
		}
	}

	/**
	 * Return what has been counted so far, without waiting.
	 * @return the result up to now
	 */
	public LoadResult result() {
		return this.recorder.snapshot((this.running.getCount() > 0) ? System.nanoTime() : this.endedAt);
	}

	/**
	 * Wait until that many more requests have succeeded, so that load is known to flow.
	 * @param requests the number of requests
	 * @return this
	 */
	public LoadRun awaitMoreOk(long requests) {
		long target = result().ok() + requests;
		try {
			Awaitility.await()
				.atMost(Duration.ofMinutes(3))
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(5))
				.pollInSameThread()
				.failFast(() -> !isRunning() && result().ok() < target)
				.until(() -> result().ok() >= target);
		}
		catch (ConditionTimeoutException | TerminalFailureException ex) {
			throw new AssertionError("Waited in vain for " + target + " successful requests: " + result(), ex);
		}
		return this;
	}

	/**
	 * Wait for the end of the run: all requests done, time over, or stopped.
	 * @return the final result
	 */
	public LoadResult await() {
		try {
			if (!this.running.await(this.longest.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError("The load did not end in " + this.longest + ": " + result());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while load was running", ex);
		}
		return result();
	}

	/**
	 * Send no more requests and wait for those in flight.
	 * @return the final result
	 */
	public LoadResult stop() {
		this.stopped = true;
		return await();
	}

	public boolean isRunning() {
		return this.running.getCount() > 0;
	}

	LoadRecorder recorder() {
		return this.recorder;
	}

	/**
	 * Tell whether a client may still send requests.
	 * @return whether neither stopped nor out of time
	 */
	boolean isOpen() {
		return !this.stopped && System.nanoTime() - this.deadline < 0;
	}

	/**
	 * Take one request of the budget.
	 * @return whether there was one left
	 */
	boolean take() {
		return isOpen() && this.remaining.getAndDecrement() > 0;
	}

	private void run(LoadLoop loop) {
		try {
			loop.run();
		}
		finally {
			this.endedAt = System.nanoTime();
			this.running.countDown();
			if (!isRunning()) {
				this.http2Connections.dispose();
			}
		}
	}

}
