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

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import io.netty.util.concurrent.DefaultThreadFactory;

import io.prefork.boot.drain.RequestCounter;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Message;

/**
 * Watches the event loops on a thread of its own, so that it works when all of them are
 * blocked, and tells the master once a second how they are.
 */
public final class HeartbeatSender {

	private static final long HEARTBEAT = Duration.ofSeconds(1).toNanos();

	private static final long NOTABLE_DELAY = Duration.ofMillis(200).toNanos();

	private static final Duration SHORTEST_PACE = Duration.ofMillis(50);

	private static final Duration LONGEST_PACE = Duration.ofMillis(250);

	private final ScheduledExecutorService scheduler = Executors
		.newSingleThreadScheduledExecutor(new DefaultThreadFactory("prefork-heartbeat", true));

	private final EventLoops loops;

	private final RequestCounter requests;

	private final Consumer<Message> master;

	private final LongConsumer well;

	private final StallReporter stalls;

	private final long pace;

	private long lastRun;

	private long lastHeartbeat;

	/**
	 * Create a sender, which does nothing until started.
	 * @param loops the loops to watch
	 * @param requests counts what the worker does
	 * @param stallThreshold how long a loop may be blocked before it is reported; zero
	 * for never
	 * @param well is told the time (see {@link System#nanoTime}) at its pace as long as
	 * all loops run, on its thread
	 * @param master is sent heartbeats and stalls, on its thread
	 */
	public HeartbeatSender(EventLoops loops, RequestCounter requests, Duration stallThreshold, LongConsumer well,
			Consumer<Message> master) {
		this.loops = loops;
		this.requests = requests;
		this.well = well;
		this.master = master;
		this.stalls = new StallReporter(stallThreshold, loops::stalled, master);
		Duration half = stallThreshold.isZero() ? LONGEST_PACE : stallThreshold.dividedBy(2);
		this.pace = Math.max(SHORTEST_PACE.toNanos(), Math.min(LONGEST_PACE.toNanos(), half.toNanos()));
	}

	/**
	 * Begin to watch.
	 */
	public void start() {
		this.lastRun = System.nanoTime();
		this.lastHeartbeat = this.lastRun - HEARTBEAT;
		this.scheduler.scheduleWithFixedDelay(() -> look(System.nanoTime()), 0, this.pace, TimeUnit.NANOSECONDS);
	}

	/**
	 * Look at all loops.
	 * @param now the time, see {@link System#nanoTime}
	 */
	void look(long now) {
		long delay = now - this.lastRun - this.pace;
		if (this.loops.watched().stream().allMatch((loop) -> loop.silence(now) < NOTABLE_DELAY)) {
			this.well.accept(now);
		}
		this.lastRun = now;
		for (WatchedLoop loop : this.loops.watched()) {
			if (delay > NOTABLE_DELAY) {
				// This thread did not run either: the process was stopped, or had no CPU.
				loop.forgive(delay);
			}
			this.stalls.check(loop, now);
			loop.tick(now);
		}
		if (now - this.lastHeartbeat >= HEARTBEAT) {
			this.lastHeartbeat = now;
			this.master.accept(heartbeat(now));
		}
	}

	private FromWorker.Heartbeat heartbeat(long now) {
		long silence = 0;
		long lag = 0;
		for (WatchedLoop loop : this.loops.watched()) {
			silence = Math.max(silence, loop.silence(now));
			lag = Math.max(lag, loop.takeLag());
		}
		this.loops.lag(Duration.ofNanos(lag));
		Runtime runtime = Runtime.getRuntime();
		return new FromWorker.Heartbeat(Duration.ofNanos(silence), Duration.ofNanos(lag), this.requests.requests(),
				this.requests.errors(), this.requests.active(), this.requests.connections(),
				runtime.totalMemory() - runtime.freeMemory(), ResidentSet.bytes());
	}

}
