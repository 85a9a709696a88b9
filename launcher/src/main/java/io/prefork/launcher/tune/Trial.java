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

package io.prefork.launcher.tune;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import io.prefork.launcher.load.LoadGenerator;
import io.prefork.launcher.load.LoadResult;
import io.prefork.launcher.operator.Rates;
import io.prefork.status.ServiceStatus;

/**
 * Measures a service that runs.
 */
final class Trial {

	/**
	 * So many clients at once warm it up, from stage to stage.
	 */
	private static final List<Integer> CLIENTS = List.of(8, 32, 128, 512);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration FIRST = Duration.ofSeconds(1);

	private final TrialService service;

	private final LoadGenerator generator;

	private final Plan plan;

	private final TuneListener listener;

	Trial(TrialService service, LoadGenerator generator, Plan plan, TuneListener listener) {
		this.service = service;
		this.generator = generator;
		this.plan = plan;
		this.listener = listener;
	}

	/**
	 * Measure it.
	 * @return what was measured, by rising rates
	 * @throws TuneException if a request does not succeed even without load
	 * @throws IOException if the service is lost
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	List<Measurement> run() throws TuneException, IOException, InterruptedException {
		LoadResult first = this.generator.closed(1, FIRST, PATIENCE);
		if (first.failure() != null || first.unfinished() > 0) {
			throw new TuneException((first.failure() != null) ? first.failure()
					: "a request was not answered within %d s".formatted(PATIENCE.toSeconds()));
		}
		Ramp ramp = new Ramp(warmUp(first.served()));
		List<Measurement> measured = new ArrayList<>();
		OptionalDouble rate = ramp.next(measured, this.plan.goal());
		while (rate.isPresent()) {
			Measurement measurement = measure(rate.getAsDouble(), measured);
			measured.add(measurement);
			this.listener.measured(measurement);
			rate = ramp.next(measured, this.plan.goal());
		}
		return Ramp.rising(measured);
	}

	private double warmUp(double least) throws InterruptedException {
		double most = Math.max(1, least);
		Duration stage = this.plan.warmup().dividedBy(CLIENTS.size());
		for (int clients : CLIENTS) {
			most = Math.max(most,
					this.generator.closed(Math.min(clients, this.plan.connections()), stage, PATIENCE).served());
		}
		// What the service still works off counts for nobody.
		this.generator.closed(1, FIRST, PATIENCE);
		this.listener.warm();
		return most;
	}

	private Measurement measure(double rate, List<Measurement> measured) throws IOException, InterruptedException {
		Duration patience = measured.isEmpty() ? PATIENCE : this.plan.goal().limit(measured).plusSeconds(1);
		ServiceStatus before = this.service.status();
		long start = System.nanoTime();
		LoadResult load = this.generator.open(rate, this.plan.step(), patience);
		ServiceStatus after = this.service.status();
		Duration between = Duration.ofNanos(System.nanoTime() - start);
		return Measurement.of(load, Rates.between(before, after, between).total().cpu(), TrialService.memory(after));
	}

}
