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

import java.time.Duration;

import io.prefork.launcher.load.LoadResult;

/**
 * What a service did at one rate.
 *
 * @param offered requests per second that were due
 * @param served requests per second that were answered well
 * @param errors requests that failed
 * @param unfinished requests that had no answer when nobody waited any more
 * @param behind how long after the last request was due everything was answered
 * @param p50 the median latency, from when a request was due
 * @param p90 the latency that 90 of 100 do not exceed
 * @param p99 the latency that 99 of 100 do not exceed
 * @param max the longest latency
 * @param cpu how many CPUs the workers were busy with
 * @param memory the bytes that the workers had, shared pages counted once
 * @param generatorCpu how many CPUs the load generator was busy with, of one
 * @param late the lateness of the generator itself that 99 of 100 do not exceed
 */
public record Measurement(double offered, double served, long errors, long unfinished, Duration behind, Duration p50,
		Duration p90, Duration p99, Duration max, double cpu, long memory, double generatorCpu, Duration late) {

	/**
	 * From here on it may be the generator that can't do more.
	 */
	private static final double BUSY = 0.75;

	/**
	 * One in a thousand may fail, as one does that meets a closing connection.
	 */
	private static final double TOLERATED = 0.001;

	private static final double HUNDRED = 100;

	static Measurement of(LoadResult load, double cpu, long memory) {
		return new Measurement(load.offered(), load.served(), load.errors(), load.unfinished(), load.behind(),
				load.latency(50), load.latency(90), load.latency(99), load.latency(HUNDRED), cpu, memory,
				load.generatorCpu(), Duration.ofNanos(load.lateness().getValueAtPercentile(99)));
	}

	/**
	 * Whether the service kept up: nearly all was answered in time, and no more was left
	 * in the end than can be answered in that time.
	 * @param limit the time
	 * @return {@code true} if so
	 */
	boolean isWithin(Duration limit) {
		return this.unfinished == 0 && this.p99.compareTo(limit) <= 0 && this.behind.compareTo(limit) <= 0
				&& this.errors <= TOLERATED * this.served;
	}

	/**
	 * Whether the generator was the limit, and the service could perhaps do more.
	 * @return {@code true} if so
	 */
	public boolean isLimitedByGenerator() {
		return this.generatorCpu >= BUSY;
	}

}
