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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FrequentPaths}.
 */
class FrequentPathsTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final List<List<String>> told = new ArrayList<>();

	private final FrequentPaths paths = new FrequentPaths(this.registry, "/actuator", this.told::add);

	@Test
	void whenRequestsWereAnsweredThenThoseThatCanBeRepeatedAreToldTheMostFrequentFirst() {
		answer(30, "GET", "/hello", "200");
		answer(90, "GET", "/prices/all", "200");
		answer(99, "GET", "/prices/{id}", "200");
		answer(99, "GET", "/**", "200");
		answer(99, "POST", "/orders", "200");
		answer(99, "GET", "/login", "302");
		answer(99, "GET", "/actuator/health", "200");
		answer(99, "GET", "NOT_FOUND", "200");
		answer(3, "GET", "/seldom", "200");

		this.paths.tell();

		assertThat(this.told).containsExactly(List.of("/prices/all", "/hello"));
	}

	@Test
	void whenNothingWasAnsweredThenNothingIsTold() {
		this.paths.tell();

		assertThat(this.told).isEmpty();
	}

	@Test
	void whenItHasBeenStoppedThenItDoesNotRun() {
		this.paths.start();
		assertThat(this.paths.isRunning()).isTrue();

		this.paths.stop();

		assertThat(this.paths.isRunning()).isFalse();
	}

	private void answer(int count, String method, String uri, String status) {
		for (int i = 0; i < count; i++) {
			this.registry.timer("http.server.requests", "method", method, "uri", uri, "status", status)
				.record(Duration.ofMillis(1));
		}
	}

}
