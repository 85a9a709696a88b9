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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import io.prefork.boot.actuate.RequestTimes.Served;
import io.prefork.boot.actuate.SizingEndpoint.Load;
import io.prefork.boot.actuate.SizingEndpoint.Look;
import io.prefork.boot.actuate.SizingEndpoint.SizingDescriptor;
import io.prefork.boot.actuate.SizingEndpoint.WorkerLoad;
import io.prefork.status.ListenerStatus;
import io.prefork.status.LoadStatus;
import io.prefork.status.MasterStatus;
import io.prefork.status.ProcessStatus;
import io.prefork.status.ReloadTotals;
import io.prefork.status.RestartStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SizingEndpoint}.
 */
class SizingEndpointTests {

	private static final int CPUS = 8;

	@Test
	void whenServiceIsWatchedThenWhatChangesIsTold() {
		// Three heartbeats of a second came in the two seconds.
		ServiceStatus before = status(worker(0, 11, 200, 100, 1000), worker(1, 12, 900, 50, 500));
		ServiceStatus after = status(worker(0, 11, 3200, 400, 3000), worker(1, 13, 2900, 5, 100));

		SizingDescriptor sizing = SizingEndpoint.describe(new Look(before, Served.NONE), new Look(after, Served.NONE),
				Duration.ofSeconds(2));

		// The second one is another process: nobody knows what it did before.
		assertThat(sizing.workers()).containsExactly(new WorkerLoad(0, new Load(100, 0, 2, 3, 1, 77)));
		assertThat(sizing.service()).isEqualTo(new Load(100, 0, 2, 3, 1, 77));
		assertThat(sizing.machine().cpus()).isEqualTo(CPUS);
		assertThat(sizing.machine().memory()).isPositive();
	}

	@Test
	void whenSeveralWorkersServeThenTheServiceIsTheirSum() {
		ServiceStatus before = status(worker(0, 11, 200, 100, 1000), worker(1, 12, 900, 50, 500));
		ServiceStatus after = status(worker(0, 11, 3200, 400, 3000), worker(1, 12, 2900, 60, 700));

		SizingDescriptor sizing = SizingEndpoint.describe(new Look(before, Served.NONE), new Look(after, Served.NONE),
				Duration.ofSeconds(2));

		assertThat(sizing.service().requestsPerSecond()).isEqualTo(105);
		assertThat(sizing.service().connections()).isEqualTo(6);
		assertThat(sizing.service().pss()).isEqualTo(154);
	}

	@Test
	void whenRequestsAreAnsweredThenTheNumberOfWorkersIsWorkedOut() {
		ServiceStatus before = status(worker(0, 11, 1000, 0, 0), worker(1, 12, 1000, 0, 0));
		ServiceStatus after = status(worker(0, 11, 2000, 1500, 150), worker(1, 12, 2000, 1500, 150));

		SizingDescriptor sizing = SizingEndpoint.describe(new Look(before, new Served(100, 5)),
				new Look(after, new Served(3100, 155)), Duration.ofSeconds(1));

		LiveAdvice advice = Objects.requireNonNull(sizing.advice());
		assertThat(advice.confidence()).isEqualTo("high");
		assertThat(advice.demand().requestsPerSecond()).isEqualTo(3000);
		assertThat(advice.demand().serviceTime()).isEqualTo(Duration.ofMillis(50));
		assertThat(advice.demand().cpuTime()).isEqualTo(Duration.ofNanos(100_000));
		assertThat(advice.sizing().steps().get(0).result()).isEqualTo("150");
		assertThat(advice.sizing().workers()).isPositive();
	}

	@Test
	void whenNothingIsAnsweredThenThereIsNoAdvice() {
		ServiceStatus idle = status(worker(0, 11, 1000, 0, 0));

		SizingDescriptor sizing = SizingEndpoint.describe(new Look(idle, new Served(7, 1)),
				new Look(idle, new Served(7, 1)), Duration.ofSeconds(1));

		assertThat(sizing.advice()).isNull();
		assertThat(sizing.limits()).isEmpty();
	}

	@Test
	void whenSomethingIsUsedUpThenItIsTold() {
		ServiceStatus before = status(worker(0, 11, 1000, 0, 0));
		ServiceStatus after = new ServiceStatus(before.master(), List.of(worker(0, 11, 2000, 1, 950L * CPUS)),
				List.of(), List.of(new ListenerStatus("0.0.0.0:8080", 3)), null, List.of(), List.of(), Map.of());

		SizingDescriptor sizing = SizingEndpoint.describe(new Look(before, Served.NONE), new Look(after, Served.NONE),
				Duration.ofSeconds(1));

		assertThat(sizing.limits()).containsExactly("cpu", "accept-queue");
	}

	private static ServiceStatus status(WorkerStatus... workers) {
		return new ServiceStatus(new MasterStatus(1, Instant.EPOCH, "running", 1, 2, 2, CPUS, ReloadTotals.NONE),
				List.of(workers), List.of(), List.of(), null, List.of(), List.of(), Map.of());
	}

	private static WorkerStatus worker(int slot, long pid, long heard, long requests, long cpuMillis) {
		return new WorkerStatus(slot, "ready",
				new ProcessStatus(pid, 1, 1, false, Instant.EPOCH, true, Instant.EPOCH,
						new ProcessStatus.Usage(Duration.ofMillis(cpuMillis), 99, 77)),
				new LoadStatus(Instant.EPOCH.plusMillis(heard), requests, 0, 2, 3, Duration.ZERO, 55), null,
				new RestartStatus(0, Map.of(), null));
	}

}
