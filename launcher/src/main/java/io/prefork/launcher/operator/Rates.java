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

package io.prefork.launcher.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.prefork.status.LoadStatus;
import io.prefork.status.ProcessStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

/**
 * What each worker has done in a second, between two looks at the service.
 *
 * @param workers the rates by the process ids of the workers that were there both times
 */
public record Rates(Map<Long, Rate> workers) {

	/**
	 * Those of nobody.
	 */
	public static final Rates NONE = new Rates(Map.of());

	public Rates {
		workers = Map.copyOf(workers);
	}

	/**
	 * Compare.
	 * @param before the service before
	 * @param after the service now
	 * @param between the time between both
	 * @return the rates
	 */
	public static Rates between(ServiceStatus before, ServiceStatus after, Duration between) {
		Map<Long, WorkerStatus> earlier = new HashMap<>();
		all(before).forEach((worker) -> {
			if (worker.process() != null) {
				earlier.put(worker.process().pid(), worker);
			}
		});
		Map<Long, Rate> rates = new HashMap<>();
		for (WorkerStatus worker : all(after).toList()) {
			ProcessStatus process = worker.process();
			WorkerStatus same = (process != null) ? earlier.get(process.pid()) : null;
			if (process != null && same != null && same.process() != null) {
				rates.put(process.pid(),
						rate(same.load(), worker.load(), cpu(same.process().usage(), process.usage(), between)));
			}
		}
		return new Rates(rates);
	}

	/**
	 * All of them together.
	 * @return the sum
	 */
	public Rate total() {
		return this.workers.values().stream().reduce(Rate.ZERO, Rate::plus);
	}

	/**
	 * Those of one worker.
	 * @param process its process; {@code null} if it has none
	 * @return the rates
	 */
	public Rate of(@Nullable ProcessStatus process) {
		return (process != null) ? this.workers.getOrDefault(process.pid(), Rate.ZERO) : Rate.ZERO;
	}

	private static Stream<WorkerStatus> all(ServiceStatus status) {
		return Stream.concat(status.workers().stream(), status.spares().stream());
	}

	private static Rate rate(@Nullable LoadStatus from, @Nullable LoadStatus to, double cpu) {
		if (from == null || to == null) {
			return new Rate(0, 0, cpu);
		}
		// A worker tells once in a while; nothing new means nothing known, not nothing
		// done.
		double seconds = seconds(from.at(), to.at());
		return (seconds > 0)
				? new Rate((to.requests() - from.requests()) / seconds, (to.errors() - from.errors()) / seconds, cpu)
				: new Rate(0, 0, cpu);
	}

	private static double cpu(ProcessStatus.@Nullable Usage from, ProcessStatus.@Nullable Usage to, Duration between) {
		return (from != null && to != null && !between.isZero())
				? (double) to.cpu().minus(from.cpu()).toMillis() / between.toMillis() : 0;
	}

	private static double seconds(Instant from, Instant to) {
		return Duration.between(from, to).toMillis() / 1000.0;
	}

	/**
	 * What is done in a second.
	 *
	 * @param requests requests and WebSocket messages
	 * @param errors answers with a status of 500 or more
	 * @param cpu how many CPUs are busy with it
	 */
	public record Rate(double requests, double errors, double cpu) {

		/**
		 * Nothing is done.
		 */
		public static final Rate ZERO = new Rate(0, 0, 0);

		Rate plus(Rate other) {
			return new Rate(this.requests + other.requests, this.errors + other.errors, this.cpu + other.cpu);
		}

	}

}
