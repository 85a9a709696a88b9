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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;

/**
 * The event loops whose life counts: those that serve. Thread-safe.
 */
public final class EventLoops {

	private final CopyOnWriteArrayList<WatchedLoop> watched = new CopyOnWriteArrayList<>();

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

	List<WatchedLoop> watched() {
		return this.watched;
	}

}
