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

package io.prefork.boot.drain;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DrainPlan}.
 */
class DrainPlanTests {

	private static final Duration LONG = Duration.ofMinutes(5);

	@Test
	void whenMasterSaysNothingThenIdleConnectionsMayWaitMostOfTheBudget() {
		DrainPlan plan = new DrainPlan(Duration.ofSeconds(3), Duration.ofSeconds(20));

		DrainPlan.Terms terms = plan.terms();

		assertThat(terms).isEqualTo(
				new DrainPlan.Terms(Duration.ofSeconds(3), Duration.ofSeconds(20), Duration.ofSeconds(15), false));
	}

	@Test
	void whenMasterStopsTheServiceThenItsTermsHold() {
		DrainPlan plan = new DrainPlan(Duration.ofSeconds(3), Duration.ofSeconds(20));

		plan.change(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(1), true);

		assertThat(plan.terms())
			.isEqualTo(new DrainPlan.Terms(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(1), true));
	}

	@Test
	void whenTimeIsOverThenAwaitSaysThatItIsNotDone() {
		DrainPlan plan = new DrainPlan(Duration.ZERO, LONG);

		boolean done = plan.await(Duration.ofMillis(50), new CompletableFuture<>());

		assertThat(done).isFalse();
	}

	@Test
	void whenDoneThenAwaitReturnsAtOnceEvenWithoutTime() {
		DrainPlan plan = new DrainPlan(Duration.ZERO, LONG);

		boolean done = plan.await(Duration.ZERO, CompletableFuture.completedFuture(null));

		assertThat(done).isTrue();
	}

	@Test
	void whenMasterHurriesThenAwaitEnds() throws Exception {
		DrainPlan plan = new DrainPlan(Duration.ZERO, LONG);
		CompletableFuture<Boolean> done = CompletableFuture
			.supplyAsync(() -> plan.await(LONG, new CompletableFuture<>()));

		plan.change(Duration.ZERO, Duration.ZERO, Duration.ZERO, true);

		assertThat(done.get(5, TimeUnit.SECONDS)).isFalse();
	}

	@Test
	void whenInterruptedThenAwaitEndsAndTheThreadStaysInterrupted() {
		DrainPlan plan = new DrainPlan(Duration.ZERO, LONG);
		Thread.currentThread().interrupt();

		boolean done = plan.await(LONG, new CompletableFuture<>());

		assertThat(done).isFalse();
		assertThat(Thread.interrupted()).isTrue();
	}

}
