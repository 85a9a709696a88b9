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

package io.prefork.launcher;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The way into the master loop: whatever happens on another thread is put here as a task
 * and run on the loop's thread, in order.
 */
final class Mailbox {

	private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

	void post(Runnable task) {
		this.tasks.add(task);
	}

	/**
	 * Wait for the next task.
	 * @param timeout how long to wait; {@code null} for as long as it takes
	 * @return the task, or {@code null} when the time is over
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	@Nullable Runnable take(@Nullable Duration timeout) throws InterruptedException {
		if (timeout == null) {
			return this.tasks.take();
		}
		return this.tasks.poll(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
	}

}
