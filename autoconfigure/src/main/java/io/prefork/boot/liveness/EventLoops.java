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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;

/**
 * The event loops whose life counts: those that serve. Thread-safe.
 */
public final class EventLoops {

	private final CopyOnWriteArrayList<WatchedLoop> watched = new CopyOnWriteArrayList<>();

	private volatile Duration lag = Duration.ZERO;

	private volatile long stalls;

	/**
	 * Watch every loop of a group that is not watched yet.
	 * @param group the group
	 */
	public void add(EventExecutorGroup group) {
		for (EventExecutor loop : group) {
			if (this.watched.stream().noneMatch((known) -> known.loop() == loop)) {
				this.watched.add(new WatchedLoop(loop));
			}
		}
	}

	/**
	 * The longest time that a task of any loop had to wait of late.
	 * @return the longest wait in the second before the last heartbeat
	 */
	public Duration lag() {
		return this.lag;
	}

	void lag(Duration lag) {
		this.lag = lag;
	}

	/**
	 * How often a loop was blocked for longer than the stall threshold.
	 * @return the number since the start of the process
	 */
	public long stalls() {
		return this.stalls;
	}

	/**
	 * A loop is blocked, says the only thread that watches them.
	 */
	@SuppressWarnings("NonAtomicVolatileUpdate")
	void stalled() {
		this.stalls++;
	}

	List<WatchedLoop> watched() {
		return this.watched;
	}

}
