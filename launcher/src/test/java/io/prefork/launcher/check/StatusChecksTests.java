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

package io.prefork.launcher.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

import io.prefork.status.Hint;
import io.prefork.status.ListenerStatus;
import io.prefork.status.MasterStatus;
import io.prefork.status.ProcessStatus;
import io.prefork.status.ReloadTotals;
import io.prefork.status.RestartStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StatusChecks} and {@link CheckedService}.
 */
class StatusChecksTests {

	@Test
	void whenWorkersHaveNoArchiveThenThatIsAdvice() {
		assertThat(StatusChecks.findings(status(List.of(), worker(0, true), worker(1, false), worker(2, false))))
			.extracting(Finding::found)
			.containsExactly("2 of 3 workers have started without one");
		assertThat(StatusChecks.findings(status(List.of(), worker(0, true), vacant(1)))).isEmpty();
	}

	@Test
	void whenTheApplicationHasHintsThenTheyAreAdvice() {
		assertThat(StatusChecks.findings(status(List.of(new Hint("cache", "one for each worker", "use Redis")))))
			.extracting(Finding::subject, Finding::remedy)
			.containsExactly(Tuple.tuple("cache", "use Redis"));
	}

	@Test
	void whenServiceRunsThenItsLargestWorkerAndItsPortsCount() {
		assertThat(CheckedService.of(status(List.of(), worker(0, true), worker(1, true), vacant(2))))
			.isEqualTo(new CheckedService("4000", 2048, 4, 101, List.of(8080)));
	}

	private static ServiceStatus status(List<Hint> hints, WorkerStatus... workers) {
		return new ServiceStatus(
				new MasterStatus(4000, Instant.EPOCH, "running", 1, workers.length, workers.length, 2,
						ReloadTotals.NONE),
				List.of(workers), List.of(),
				List.of(new ListenerStatus("0.0.0.0:8080", 0), new ListenerStatus("unix:/run/shop.sock", 0)), null,
				List.of(), hints, Map.of());
	}

	private static WorkerStatus worker(int slot, boolean archived) {
		return new WorkerStatus(slot, "ready",
				new ProcessStatus(4711 + slot, 1, 1, false, Instant.EPOCH, archived, null,
						new ProcessStatus.Usage(Duration.ZERO, 1, 100 + slot)),
				null, null, new RestartStatus(0, Map.of(), null));
	}

	private static WorkerStatus vacant(int slot) {
		return new WorkerStatus(slot, WorkerStatus.VACANT, null, null, null, new RestartStatus(0, Map.of(), null));
	}

}
