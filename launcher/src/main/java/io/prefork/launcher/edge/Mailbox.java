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

package io.prefork.launcher.edge;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.Event;

/**
 * The way into the master loop. Thread-safe, apart from {@link #take}, which is the
 * loop's.
 */
public final class Mailbox {

	private final BlockingQueue<Consumer<Loop>> tasks = new LinkedBlockingQueue<>();

	private final BiConsumer<Duration, Runnable> timer;

	/**
	 * Create a mailbox with the clock of the machine.
	 */
	public Mailbox() {
		ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "prefork-clock");
			thread.setDaemon(true);
			return thread;
		});
		// Later there may be no thread to get.
		clock.prestartCoreThread();
		this.timer = (delay, task) -> clock.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Create a mailbox.
	 * @param timer runs a task after a while, on any thread
	 */
	public Mailbox(BiConsumer<Duration, Runnable> timer) {
		this.timer = timer;
	}

	/**
	 * Let the loop do something.
	 * @param task what to do
	 */
	public void post(Consumer<Loop> task) {
		this.tasks.add(task);
	}

	/**
	 * Say that something happened.
	 * @param event what
	 */
	public void post(Event event) {
		post((loop) -> loop.handle(event));
	}

	/**
	 * Let the loop do something later.
	 * @param delay how much later
	 * @param task what to do
	 */
	public void postAfter(Duration delay, Consumer<Loop> task) {
		this.timer.accept(delay, () -> post(task));
	}

	/**
	 * Wait for the next task.
	 * @param timeout how long to wait; {@code null} for as long as it takes
	 * @return the task, or {@code null} when the time is over
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public @Nullable Consumer<Loop> take(@Nullable Duration timeout) throws InterruptedException {
		if (timeout == null) {
			return this.tasks.take();
		}
		return this.tasks.poll(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
	}

}
