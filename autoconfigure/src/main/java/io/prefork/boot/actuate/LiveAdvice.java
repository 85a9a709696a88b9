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

package io.prefork.boot.actuate;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.prefork.boot.actuate.RequestTimes.Served;
import io.prefork.boot.actuate.SizingEndpoint.Load;
import io.prefork.boot.actuate.SizingEndpoint.Machine;
import io.prefork.sizing.Advice;
import io.prefork.sizing.Demand;
import io.prefork.sizing.Supply;

/**
 * How many workers a service should have for what it does right now.
 *
 * @param confidence how sure that is: {@code low}, {@code medium} or {@code high}, by the
 * number of requests that were seen
 * @param demand what was measured
 * @param sizing what follows from it
 */
public record LiveAdvice(String confidence, Demand demand, Advice sizing) {

	private static final double HEADROOM = 0.25;

	private static final int FEW = 100;

	private static final int MANY = 1000;

	/**
	 * Work it out. A worker is taken to have as many requests in progress as keep its
	 * event loops busy, of which it has one for each CPU of its share.
	 * @param load what the service does
	 * @param machine what there is
	 * @param workers how many workers there are
	 * @param served what was answered meanwhile
	 * @return the advice; {@code null} if nothing was answered
	 */
	static @Nullable LiveAdvice of(Load load, Machine machine, int workers, Served served) {
		if (served.requests() < 1 || served.seconds() <= 0 || load.requestsPerSecond() <= 0 || workers < 1) {
			return null;
		}
		double service = served.seconds() / served.requests();
		double cpu = Math.min(service, load.cpu() / load.requestsPerSecond());
		int loops = Math.max(1, machine.cpus() / workers);
		int concurrency = (cpu > 0) ? (int) Math.min(Integer.MAX_VALUE, Math.max(1, loops * service / cpu))
				: Integer.MAX_VALUE;
		Demand demand = new Demand(load.requestsPerSecond(), duration(service), concurrency, HEADROOM, duration(cpu));
		Supply supply = new Supply(machine.cpus(), machine.memory(), Math.max(1, load.pss() / workers));
		return new LiveAdvice(confidence(served.requests()), demand, Advice.of(demand, supply));
	}

	private static String confidence(double requests) {
		if (requests < FEW) {
			return "low";
		}
		return (requests < MANY) ? "medium" : "high";
	}

	private static Duration duration(double seconds) {
		return Duration.ofNanos(Math.max(1, Math.round(seconds * 1e9)));
	}

}
