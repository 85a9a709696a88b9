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

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One load, from its first request to its last answer. It is used by the event loop
 * alone.
 */
final class LoadRun {

	private static final int DIGITS = 3;

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private final Histogram latencies = new Histogram(DIGITS);

	private final Histogram lateness = new Histogram(DIGITS);

	private final Deque<Long> waiting = new ArrayDeque<>();

	private final CompletableFuture<LoadResult> result = new CompletableFuture<>();

	private final ConnectionPool pool;

	private final Pacing pacing;

	private final Duration duration;

	private final long start = System.nanoTime();

	private final long cpu = THREADS.getCurrentThreadCpuTime();

	private long cpuAtEnd;

	private long due;

	private long answered;

	private long answeredInTime;

	private long errors;

	private @Nullable String failure;

	LoadRun(ConnectionPool pool, Pacing pacing, Duration duration) {
		this.pool = pool;
		this.pacing = pacing;
		this.duration = duration;
	}

	CompletableFuture<LoadResult> begin() {
		this.pacing.begin(this);
		return this.result;
	}

	boolean isBeforeEnd(long time) {
		return time - this.start < this.duration.toNanos();
	}

	boolean isOver() {
		return !isBeforeEnd(System.nanoTime());
	}

	/**
	 * A request is due.
	 * @param time since when, see {@link System#nanoTime()}
	 */
	void due(long time) {
		this.due++;
		this.lateness.recordValue(Math.max(0, System.nanoTime() - time));
		this.waiting.add(time);
		sendWaiting();
	}

	/**
	 * Send what waits, as far as there are connections.
	 */
	void sendWaiting() {
		while (!this.waiting.isEmpty()) {
			LoadConnection connection = this.pool.acquire();
			if (connection == null) {
				return;
			}
			connection.send(this, this.waiting.remove());
		}
	}

	/**
	 * A request was answered.
	 * @param time when it was due
	 * @param problem what is wrong with the answer; {@code null} if nothing is
	 */
	void ended(long time, @Nullable String problem) {
		if (this.result.isDone()) {
			return;
		}
		long now = System.nanoTime();
		this.latencies.recordValue(Math.max(0, now - time));
		this.answered++;
		if (problem != null) {
			this.errors++;
			this.failure = (this.failure != null) ? this.failure : problem;
		}
		else if (isBeforeEnd(now)) {
			this.answeredInTime++;
		}
		this.pacing.ended(this);
		if (isOver()) {
			completeIfDone();
		}
	}

	/**
	 * There is no connection to be had: what waits longest fails.
	 * @param problem why
	 */
	void refused(String problem) {
		Long time = this.waiting.poll();
		if (time != null) {
			ended(time, problem);
		}
	}

	/**
	 * The time is over.
	 */
	void over() {
		this.cpuAtEnd = THREADS.getCurrentThreadCpuTime();
		completeIfDone();
	}

	/**
	 * The patience is at its end, too.
	 */
	void giveUp() {
		if (!this.result.isDone()) {
			long now = System.nanoTime();
			this.waiting.forEach((time) -> this.latencies.recordValue(now - time));
			this.pool.closeBusy((time) -> this.latencies.recordValue(now - time));
			complete();
		}
	}

	private void completeIfDone() {
		if (this.answered == this.due && this.cpuAtEnd != 0) {
			complete();
		}
	}

	private void complete() {
		double seconds = seconds(this.duration.toNanos());
		long behind = System.nanoTime() - this.start - this.duration.toNanos();
		this.result.complete(new LoadResult(this.due / seconds, this.answeredInTime / seconds, this.errors,
				this.failure, this.due - this.answered, Duration.ofNanos(behind), this.latencies, this.lateness,
				seconds(this.cpuAtEnd - this.cpu) / seconds));
	}

	private static double seconds(long nanos) {
		return (double) nanos / TimeUnit.SECONDS.toNanos(1);
	}

}
