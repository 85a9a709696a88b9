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
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Message;

/**
 * Explains stalled event loops: what the thread was doing, and where in the application.
 * Confined to the thread of the heartbeats.
 */
final class StallReporter {

	private static final Log logger = LogFactory.getLog(StallReporter.class);

	private static final Duration PAUSE = Duration.ofSeconds(10);

	private static final int MAX_FRAMES = 100;

	private final Map<WatchedLoop, Long> stalls = new HashMap<>();

	private final Map<WatchedLoop, Long> reported = new HashMap<>();

	private final Duration threshold;

	private final Runnable stalled;

	private final Consumer<Message> master;

	/**
	 * Create a reporter.
	 * @param threshold how long a loop may be silent; zero for as long as it wants
	 * @param stalled is run at each stall
	 * @param master is told about stalls, but not about each if there are many
	 */
	StallReporter(Duration threshold, Runnable stalled, Consumer<Message> master) {
		this.threshold = threshold;
		this.stalled = stalled;
		this.master = master;
	}

	/**
	 * Look at one loop.
	 * @param loop the loop
	 * @param now the time, see {@link System#nanoTime}
	 */
	void check(WatchedLoop loop, long now) {
		long silence = loop.silence(now);
		Long since = this.stalls.get(loop);
		if (this.threshold.isZero()) {
			return;
		}
		if (silence >= this.threshold.toNanos() && since == null) {
			this.stalls.put(loop, now - silence);
			this.stalled.run();
			Long last = this.reported.get(loop);
			if (last == null || now - last >= PAUSE.toNanos()) {
				this.reported.put(loop, now);
				report(loop, Duration.ofNanos(silence));
			}
		}
		else if (silence < this.threshold.toNanos() && since != null) {
			this.stalls.remove(loop);
			Thread thread = loop.thread();
			if (logger.isWarnEnabled()) {
				logger.warn("Event loop %s runs again: it was blocked for about %d ms"
					.formatted((thread != null) ? thread.getName() : "", Duration.ofNanos(now - since).toMillis()));
			}
		}
	}

	private void report(WatchedLoop loop, Duration silence) {
		Thread thread = loop.thread();
		StackTraceElement[] stack = (thread != null) ? thread.getStackTrace() : new StackTraceElement[0];
		String name = (thread != null) ? thread.getName() : "(not started)";
		if (logger.isWarnEnabled()) {
			logger
				.warn(("Event loop %s is blocked for %d ms%s: all its connections wait. Move blocking or long work to "
						+ "another thread, with subscribeOn(Schedulers.boundedElastic()), or let all requests have "
						+ "threads of their own, with prefork.worker-class: threads")
					.formatted(name, silence.toMillis(), Culprit.in(stack)));
		}
		this.master.accept(new FromWorker.Stalled(name, silence,
				Arrays.stream(stack)
					.limit(MAX_FRAMES)
					.map((frame) -> "\tat " + frame)
					.collect(Collectors.joining("\n"))));
	}

}
