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

import org.junit.jupiter.api.Test;

import io.prefork.boot.actuate.SizingEndpoint.Load;
import io.prefork.boot.actuate.SizingEndpoint.SizingDescriptor;
import io.prefork.boot.actuate.SizingEndpoint.WorkerLoad;
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

	@Test
	void whenServiceIsWatchedThenWhatChangesIsTold() {
		// Three heartbeats of a second came in the two seconds.
		ServiceStatus before = status(worker(0, 11, 200, 100, 1000), worker(1, 12, 900, 50, 500));
		ServiceStatus after = status(worker(0, 11, 3200, 400, 3000), worker(1, 13, 2900, 5, 100));

		SizingDescriptor sizing = SizingEndpoint.describe(before, after, Duration.ofSeconds(2));

		// The second one is another process: nobody knows what it did before.
		assertThat(sizing.workers()).containsExactly(new WorkerLoad(0, new Load(100, 0, 2, 3, 1, 77)));
		assertThat(sizing.service()).isEqualTo(new Load(100, 0, 2, 3, 1, 77));
		assertThat(sizing.machine().cpus()).isPositive();
		assertThat(sizing.machine().memory()).isPositive();
	}

	@Test
	void whenSeveralWorkersServeThenTheServiceIsTheirSum() {
		ServiceStatus before = status(worker(0, 11, 200, 100, 1000), worker(1, 12, 900, 50, 500));
		ServiceStatus after = status(worker(0, 11, 3200, 400, 3000), worker(1, 12, 2900, 60, 700));

		SizingDescriptor sizing = SizingEndpoint.describe(before, after, Duration.ofSeconds(2));

		assertThat(sizing.service().requestsPerSecond()).isEqualTo(105);
		assertThat(sizing.service().connections()).isEqualTo(6);
		assertThat(sizing.service().pss()).isEqualTo(154);
	}

	private static ServiceStatus status(WorkerStatus... workers) {
		return new ServiceStatus(new MasterStatus(1, Instant.EPOCH, "running", 1, 2, 2, ReloadTotals.NONE),
				List.of(workers), List.of(), List.of(), null, List.of(), List.of());
	}

	private static WorkerStatus worker(int slot, long pid, long heard, long requests, long cpuMillis) {
		return new WorkerStatus(slot, "ready",
				new ProcessStatus(pid, 1, 1, false, Instant.EPOCH, true, Instant.EPOCH,
						new ProcessStatus.Usage(Duration.ofMillis(cpuMillis), 99, 77)),
				new LoadStatus(Instant.EPOCH.plusMillis(heard), requests, 0, 2, 3, Duration.ZERO, 55), null,
				new RestartStatus(0, Map.of(), null));
	}

}
