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

package io.prefork.boot.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Tells every ten seconds which paths this worker has answered most often, as far as
 * anybody can ask for them again: GET without variables, answered with 200, and not an
 * endpoint of the actuator.
 */
public final class FrequentPaths implements SmartLifecycle {

	private static final int SECONDS = 10;

	private static final int MOST = 10;

	private static final int SELDOM = 20;

	private final MeterRegistry registry;

	private final String actuator;

	private final Consumer<List<String>> paths;

	private @Nullable Future<?> task;

	/**
	 * Create what tells them.
	 * @param registry has the requests
	 * @param actuator the base path of the actuator
	 * @param paths is told the paths, the most frequent first, if there are any
	 */
	public FrequentPaths(MeterRegistry registry, String actuator, Consumer<List<String>> paths) {
		this.registry = registry;
		this.actuator = actuator;
		this.paths = paths;
	}

	@Override
	public synchronized void start() {
		this.task = GlobalEventExecutor.INSTANCE.scheduleWithFixedDelay(this::tell, SECONDS, SECONDS, TimeUnit.SECONDS);
	}

	@Override
	public synchronized void stop() {
		if (this.task != null) {
			this.task.cancel(false);
			this.task = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.task != null;
	}

	void tell() {
		List<String> frequent = this.registry.find("http.server.requests")
			.tags("method", "GET", "status", "200")
			.timers()
			.stream()
			.filter((timer) -> timer.count() >= SELDOM && isPath(path(timer)))
			.sorted(Comparator.comparingLong(Timer::count).reversed())
			.map(FrequentPaths::path)
			.distinct()
			.limit(MOST)
			.toList();
		if (!frequent.isEmpty()) {
			this.paths.accept(frequent);
		}
	}

	private boolean isPath(String path) {
		return path.startsWith("/") && path.chars().noneMatch((character) -> "{*?".indexOf(character) >= 0)
				&& !(path + "/").startsWith(this.actuator + "/");
	}

	private static String path(Timer timer) {
		return String.valueOf(timer.getId().getTag("uri"));
	}

}
