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

package io.prefork.launcher.operator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.prefork.status.HistoryEntry;
import io.prefork.status.ListenerStatus;
import io.prefork.status.LoadStatus;
import io.prefork.status.MasterStatus;
import io.prefork.status.ProcessStatus;
import io.prefork.status.ReloadTotals;
import io.prefork.status.RestartStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

/**
 * Services to be shown.
 */
public final class Services {

	/**
	 * When they were looked at.
	 */
	public static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

	private static final Instant BEGAN = NOW.minusSeconds(3600);

	private Services() {
	}

	/**
	 * A service.
	 * @param workers its workers
	 * @return its state
	 */
	public static ServiceStatus of(WorkerStatus... workers) {
		return new ServiceStatus(
				new MasterStatus(4000, BEGAN, "running", 3, workers.length, workers.length, 4, ReloadTotals.NONE),
				List.of(workers), List.of(), List.of(new ListenerStatus("0.0.0.0:8080", 5)), null,
				List.of(new HistoryEntry(NOW, "worker=0 gen=3", "ready"), new HistoryEntry(NOW, "", "paused")),
				List.of(), Map.of());
	}

	/**
	 * A worker.
	 * @param slot its slot; its process id is 4,711 and that
	 * @param at when it has told what it has done
	 * @param requests how many requests it has answered, of which a tenth with a failure
	 * @param cpu the CPU time that it has used
	 * @return the worker
	 */
	public static WorkerStatus worker(int slot, Instant at, long requests, Duration cpu) {
		return new WorkerStatus(slot, "ready",
				new ProcessStatus(4711 + slot, 1, 3, slot == 0, BEGAN, null, BEGAN,
						new ProcessStatus.Usage(cpu, 300L << 20, 249L << 20)),
				new LoadStatus(at, requests, requests / 10, 7, 64, Duration.ofMillis(2), 1), null,
				new RestartStatus(1, Map.of(), null));
	}

}
