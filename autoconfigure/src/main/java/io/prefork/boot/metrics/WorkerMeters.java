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

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import io.prefork.boot.drain.RequestCounter;
import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.boot.liveness.EventLoops;

/**
 * Meters of this worker.
 */
public final class WorkerMeters implements MeterBinder {

	private final @Nullable WorkerRuntime worker;

	/**
	 * Create meters.
	 * @param worker this worker; {@code null} if the process is not one, and has none
	 */
	public WorkerMeters(@Nullable WorkerRuntime worker) {
		this.worker = worker;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		WorkerRuntime worker = this.worker;
		if (worker == null) {
			return;
		}
		RequestCounter requests = worker.connections().requests();
		FunctionCounter.builder("prefork.worker.requests", requests, RequestCounter::requests)
			.description("Requests and WebSocket messages")
			.register(registry);
		FunctionCounter.builder("prefork.worker.errors", requests, RequestCounter::errors)
			.description("Answers with a status of 500 or more")
			.register(registry);
		Gauge.builder("prefork.worker.active.requests", requests, RequestCounter::active)
			.description("Requests in progress")
			.register(registry);
		Gauge.builder("prefork.worker.connections", requests, RequestCounter::connections)
			.description("Open connections")
			.register(registry);
		EventLoops loops = worker.loops();
		TimeGauge.builder("prefork.worker.loop.lag", loops, TimeUnit.NANOSECONDS, (watched) -> watched.lag().toNanos())
			.description("Longest wait of a task for its event loop in the last second")
			.register(registry);
		FunctionCounter.builder("prefork.worker.stalls", loops, EventLoops::stalls)
			.description("Times that an event loop was blocked for longer than the stall threshold")
			.register(registry);
	}

}
