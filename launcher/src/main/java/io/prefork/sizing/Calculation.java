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

package io.prefork.sizing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.prefork.sizing.Advice.Limit;
import io.prefork.sizing.Advice.Step;

/**
 * Works out an {@link Advice}, and writes down how.
 */
final class Calculation {

	/**
	 * Workers for what is bound by the CPU: that many per CPU, at the most.
	 */
	private static final double MOST_PER_CPU = 1.5;

	/**
	 * One worker may be dead or replaced, and the others carry the load.
	 */
	private static final int RESERVE = 1;

	private final List<Step> steps = new ArrayList<>();

	private final Demand demand;

	private final Supply supply;

	private int least;

	private int most;

	private int advised;

	private Limit limit = Limit.CONCURRENCY;

	Calculation(Demand demand, Supply supply) {
		this.demand = demand;
		this.supply = supply;
	}

	Advice advice() {
		boundByConcurrency();
		Duration cpuTime = this.demand.cpuTime();
		if (cpuTime != null) {
			boundByCpu(cpuTime);
		}
		boundByMemory();
		return new Advice(this.advised, this.least, this.most, this.limit, this.steps, rules());
	}

	private void boundByConcurrency() {
		double inProgress = this.demand.inProgress();
		step("requests in progress", "%s/s x %s (Little's law)".formatted(number(this.demand.requestsPerSecond()),
				millis(this.demand.serviceTime())), number(inProgress));
		double workers = inProgress / this.demand.concurrency();
		step("workers", "%s / %d in progress per worker".formatted(number(inProgress), this.demand.concurrency()),
				number(workers));
		double roomy = workers * (1 + this.demand.headroom());
		this.least = (int) Math.ceil(roomy);
		this.most = this.least + RESERVE;
		this.advised = this.most;
		step("with head-room", "%s x %s = %s, rounded up, and one more that may be dead or replaced"
			.formatted(number(workers), number(1 + this.demand.headroom()), number(roomy)), range());
	}

	private void boundByCpu(Duration cpuTime) {
		double busy = this.demand.cpus(cpuTime);
		step("CPUs busy", "%s/s x %s of CPU, of %d".formatted(number(this.demand.requestsPerSecond()), millis(cpuTime),
				this.supply.cpus()), number(busy));
		if (this.demand.isCpuBound(cpuTime)) {
			this.least = this.supply.cpus();
			this.most = (int) (this.supply.cpus() * MOST_PER_CPU);
			this.advised = this.least;
			this.limit = Limit.CPU;
			step("bound by the CPU", "one per CPU, to one and a half", range());
		}
		double room = this.supply.cpus() / (1 + this.demand.headroom());
		if (busy > room) {
			this.limit = Limit.CPU;
			step("the CPUs don't suffice",
					"%d CPUs / %s of CPU / %s".formatted(this.supply.cpus(), millis(cpuTime),
							number(1 + this.demand.headroom())),
					"%s requests/s at the most".formatted(number(this.demand.requestsPerSecond() * room / busy)));
		}
	}

	private void boundByMemory() {
		int room = (int) Math.min(Integer.MAX_VALUE, this.supply.memory() / this.supply.workerMemory());
		step("memory",
				"%s / %s per worker".formatted(mebibytes(this.supply.memory()), mebibytes(this.supply.workerMemory())),
				"room for " + count(room));
		if (room < this.advised) {
			this.advised = Math.max(1, room);
			this.limit = Limit.MEMORY;
		}
	}

	private List<Step> rules() {
		return List.of(
				new Step("2 x CPUs + 1", "where a worker does one request at a time and waits for others meanwhile",
						count(2 * this.supply.cpus() + 1)),
				new Step("one per CPU", "where event loops do not wait, or the work is bound by the CPU",
						count(this.supply.cpus())));
	}

	private void step(String name, String calculation, String result) {
		this.steps.add(new Step(name, calculation, result));
	}

	private String range() {
		return "%d to %d workers".formatted(this.least, this.most);
	}

	private static String count(int workers) {
		return (workers == 1) ? "1 worker" : workers + " workers";
	}

	private static String number(double number) {
		return String.format(Locale.ROOT, "%.3f", number).replaceAll("\\.?0+$", "");
	}

	private static String millis(Duration duration) {
		return number(Demand.seconds(duration) * 1000) + " ms";
	}

	private static String mebibytes(long bytes) {
		return (bytes >> 20) + " MiB";
	}

}
