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

package io.prefork.boot.liveness;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Watches one event loop from outside: it gets a tiny task, and the next one only after
 * that has run. All times are those of {@link System#nanoTime}, in nanoseconds.
 */
final class WatchedLoop {

	private final AtomicLong lag = new AtomicLong();

	private final AtomicLong submittedAt = new AtomicLong();

	private final EventExecutor loop;

	private volatile boolean outstanding;

	private volatile @Nullable Thread thread;

	WatchedLoop(EventExecutor loop) {
		this.loop = loop;
	}

	EventExecutor loop() {
		return this.loop;
	}

	/**
	 * Give the loop its next task if it has run the last one.
	 * @param now the time
	 */
	void tick(long now) {
		if (this.loop.isShuttingDown()) {
			// A task would make it go on for another quiet period.
			this.outstanding = false;
		}
		else if (!this.outstanding) {
			this.submittedAt.set(now);
			this.outstanding = true;
			try {
				this.loop.execute(this::ran);
			}
			catch (RejectedExecutionException ex) {
				// It has ended, which is no stall.
				this.outstanding = false;
			}
		}
	}

	/**
	 * How long the loop has not run.
	 * @param now the time
	 * @return the time; 0 if there is nothing to complain of
	 */
	long silence(long now) {
		return this.outstanding ? Math.max(0, now - this.submittedAt.get()) : 0;
	}

	/**
	 * Take the longest time that a task had to wait, and forget it.
	 * @return the time
	 */
	long takeLag() {
		return this.lag.getAndSet(0);
	}

	/**
	 * Time in which the whole process did not run is not the loop's fault.
	 * @param time how long
	 */
	void forgive(long time) {
		this.submittedAt.addAndGet(time);
	}

	/**
	 * The thread that runs the loop.
	 * @return the thread, or {@code null} if it has not run anything yet
	 */
	@Nullable Thread thread() {
		return this.thread;
	}

	private void ran() {
		this.thread = Thread.currentThread();
		long waited = System.nanoTime() - this.submittedAt.get();
		this.lag.accumulateAndGet(waited, Math::max);
		this.outstanding = false;
	}

}
