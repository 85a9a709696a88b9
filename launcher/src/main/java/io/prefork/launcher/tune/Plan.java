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
import java.util.List;

import io.prefork.launcher.load.LoadRequest;

/**
 * How candidates are measured.
 *
 * @param requests what is sent, in turn
 * @param connections how many connections are made at most
 * @param warmup how long each is loaded before anything is measured
 * @param step how long each rate is offered
 * @param goal what the settings are to achieve
 */
public record Plan(List<LoadRequest> requests, int connections, Duration warmup, Duration step, Goal goal) {

	private static final Duration BOOT = Duration.ofSeconds(12);

	private static final int USUAL_STEPS = 10;

	public Plan {
		requests = List.copyOf(requests);
	}

	/**
	 * About how long a candidate takes.
	 * @return the time
	 */
	Duration estimate() {
		return BOOT.plus(this.warmup).plus(this.step.plusSeconds(1).multipliedBy(USUAL_STEPS));
	}

}
