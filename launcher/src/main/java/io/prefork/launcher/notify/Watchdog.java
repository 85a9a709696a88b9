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

package io.prefork.launcher.notify;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.ServiceManagerVariables;

/**
 * When the next sign of life is due: twice as often as the service manager wants them,
 * see sd_watchdog_enabled(3). Not thread-safe.
 */
final class Watchdog {

	private static final int SIGNS_PER_INTERVAL = 2;

	private static final long NANOS_PER_MICRO = 1000;

	private final long period;

	private @Nullable Long due;

	private Watchdog(long period) {
		this.period = period;
	}

	/**
	 * Read what the service manager wants.
	 * @param environment the environment variables
	 * @param pid this process
	 * @return the watchdog, or {@code null} if signs of life are not wanted from this
	 * process
	 */
	static @Nullable Watchdog from(Map<String, String> environment, long pid) {
		String interval = environment.get(ServiceManagerVariables.WATCHDOG_USEC);
		String process = environment.get(ServiceManagerVariables.WATCHDOG_PID);
		if (interval == null || !interval.matches("[1-9]\\d{0,14}")
				|| (process != null && !process.equals(Long.toString(pid)))) {
			return null;
		}
		return new Watchdog(Long.parseLong(interval) * NANOS_PER_MICRO / SIGNS_PER_INTERVAL);
	}

	/**
	 * Whether a sign of life is due; if so, the next one is a period later.
	 * @param now the time as {@link System#nanoTime} has it
	 * @return {@code true} if one is due
	 */
	boolean isDue(long now) {
		if (this.due != null && now - this.due < 0) {
			return false;
		}
		this.due = now + this.period;
		return true;
	}

	/**
	 * How long it is until the next one.
	 * @param now the time as {@link System#nanoTime} has it
	 * @return the time until then
	 */
	Duration rest(long now) {
		return Duration.ofNanos((this.due != null) ? this.due - now : 0);
	}

}
