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

package io.prefork.launcher.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.prefork.status.ExitStatus;
import io.prefork.status.Hint;
import io.prefork.status.HistoryEntry;
import io.prefork.status.ListenerStatus;
import io.prefork.status.LoadStatus;
import io.prefork.status.MasterStatus;
import io.prefork.status.ProcessStatus;
import io.prefork.status.ReloadStatus;
import io.prefork.status.ReloadStatus.Verdict;
import io.prefork.status.ReloadTotals;
import io.prefork.status.RestartStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link StatusText}, {@link Table}, {@link Json} and {@link Amounts}.
 */
class StatusTextTests {

	private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

	private static final Instant EARLIER = NOW.minusSeconds(3 * 3600 + 12 * 60);

	@Test
	void whenServiceRunsThenEachWorkerHasARow() {
		ServiceStatus status = status(List.of(worker(0, 4711, true), vacant(1)), null);

		assertThat(new StatusText(status, NOW).service()).containsExactly(
				"master pid=4000 running, up 3h12m: 1 of 2 workers ready, generation 3",
				"SLOT  STATE    PID  GEN     UP  REQUESTS  5XX  ACTIVE  CONNS  LAG    CPU  MEMORY  RESTARTS",
				"0*    ready   4711    3  3h12m    12,345    6       7     64  2ms  1m30s    1.5G         0",
				"1     vacant     -    -      -         -    -       -      -    -      -       -         4",
				"0.0.0.0:8080: 5 connections waiting", "slot 1: last restart 42.0s ago: crash, killed by signal 9",
				"1 hint on what several processes change: prefork status --hints");
	}

	@Test
	void whenMoreIsWantedThenThereAreHintsSettingsAndHistory() {
		StatusText text = new StatusText(status(List.of(), null), NOW);

		assertThat(text.hints()).containsExactly("hint: cache: each worker has its own; use Redis");
		assertThat(text.settings()).containsExactly("prefork.bind=127.0.0.1:80,[::1]:80",
				"prefork.worker-class=threads");
		assertThat(text.history()).containsExactly("2026-11-27T12:00:00Z worker=0 gen=3 ready",
				"2026-11-27T12:00:00Z paused");
	}

	@Test
	void whenThereWasAReloadThenItsOutcomeIsTold() {
		assertThat(reload(null)).isEqualTo("reload to generation 3: rolling");
		assertThat(reload(new Verdict(EARLIER.plusMillis(1234), true, "")))
			.isEqualTo("reload to generation 3: succeeded in 1.2s");
		assertThat(reload(new Verdict(EARLIER.plusMillis(80), false, "no jar")))
			.isEqualTo("reload to generation 3: rolled back after 80ms: no jar");
	}

	@Test
	void whenAmountIsShownThenInUnitsOfItsSize() {
		assertThat(Amounts.duration(Duration.ofHours(50))).isEqualTo("2d2h");
		assertThat(Amounts.duration(Duration.ofSeconds(-1))).isEqualTo("0ms");
		assertThat(Amounts.bytes(249L * 1024 * 1024)).isEqualTo("249M");
	}

	@Test
	void whenAmountIsReadThenItMayHaveAUnit() {
		assertThat(Amounts.parseDuration("1.5s")).isEqualTo(Duration.ofMillis(1500));
		assertThat(Amounts.parseDuration("PT1M")).isEqualTo(Duration.ofMinutes(1));
		assertThatIllegalArgumentException().isThrownBy(() -> Amounts.parseDuration("soon"))
			.withMessage("'soon' is not a duration such as 50ms or 1.5s");
	}

	@Test
	void whenItIsForProgramsThenItIsAsTheActuatorHasIt() {
		assertThat(Json.of(worker(0, 4711, true))).isEqualTo("""
				{
				  "slot": 0,
				  "state": "ready",
				  "process": {
				    "pid": 4711,
				    "incarnation": 1,
				    "generation": 3,
				    "leader": true,
				    "startedAt": "2026-11-27T08:48:00Z",
				    "usage": {
				      "cpu": "PT1M30S",
				      "rss": 2,
				      "pss": 1610612736
				    }
				  },
				  "load": {
				    "at": "2026-11-27T12:00:00Z",
				    "requests": 12345,
				    "errors": 6,
				    "active": 7,
				    "connections": 64,
				    "loopLag": "PT0.002S",
				    "heap": 1
				  },
				  "restarts": {
				    "total": 0,
				    "reasons": {}
				  }
				}""");
	}

	private static String reload(@Nullable Verdict verdict) {
		return new StatusText(status(List.of(), new ReloadStatus(3, "rolling", EARLIER, verdict, List.of())), NOW)
			.service()
			.stream()
			.filter((line) -> line.startsWith("reload"))
			.findFirst()
			.orElseThrow();
	}

	private static ServiceStatus status(List<WorkerStatus> workers, @Nullable ReloadStatus reload) {
		return new ServiceStatus(new MasterStatus(4000, EARLIER, "running", 3, 2, 1, 4, ReloadTotals.NONE), workers,
				List.of(), List.of(new ListenerStatus("0.0.0.0:8080", 5)), reload,
				List.of(new HistoryEntry(NOW, "worker=0 gen=3", "ready"), new HistoryEntry(NOW, "", "paused")),
				List.of(new Hint("cache", "each worker has its own", "use Redis")),
				Map.of("worker-class", "threads", "bind", "127.0.0.1:80\n[::1]:80"));
	}

	private static WorkerStatus worker(int slot, long pid, boolean leader) {
		return new WorkerStatus(slot, "ready",
				new ProcessStatus(pid, 1, 3, leader, EARLIER, null, null,
						new ProcessStatus.Usage(Duration.ofSeconds(90), 2, 3L << 29)),
				new LoadStatus(NOW, 12345, 6, 7, 64, Duration.ofMillis(2), 1), null,
				new RestartStatus(0, Map.of(), null));
	}

	private static WorkerStatus vacant(int slot) {
		return new WorkerStatus(slot, WorkerStatus.VACANT, null, null, null, new RestartStatus(4, Map.of("crash", 4),
				new ExitStatus(NOW.minusSeconds(42), 2, 3, "crash", "killed by signal 9", "")));
	}

}
