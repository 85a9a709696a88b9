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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;

import io.prefork.status.ListenerStatus;
import io.prefork.status.MasterStatus;
import io.prefork.status.ProcessStatus;
import io.prefork.status.ReloadTotals;
import io.prefork.status.RestartStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServiceMetrics}.
 */
class ServiceMetricsTests {

	@Test
	void whenMasterAnswersThenTheServiceIsThere() {
		String text = text(new ServiceStatus(
				new MasterStatus(1, Instant.EPOCH, "running", 3, 2, 2, 4,
						new ReloadTotals(3, 1, Duration.ofMillis(9500))),
				List.of(worker(0, "draining", 10), worker(0, "ready", 20), worker(1, "ready", 40),
						new WorkerStatus(2, WorkerStatus.VACANT, null, null, null,
								new RestartStatus(0, Map.of(), null))),
				List.of(worker(0, "spare", 5)), List.of(new ListenerStatus("0.0.0.0:80", 6)), null, List.of(),
				List.of(), Map.of()), null);

		assertThat(text).contains("prefork_generation 3.0", "prefork_workers{state=\"draining\"} 1.0",
				"prefork_workers{state=\"ready\"} 2.0", "prefork_workers{state=\"spare\"} 1.0",
				"prefork_workers{state=\"vacant\"} 1.0",
				"prefork_worker_restarts_total{reason=\"crash\",worker=\"0\"} 2.0",
				"prefork_worker_restarts_total{reason=\"crash\",worker=\"1\"} 2.0",
				"prefork_worker_pss_bytes{worker=\"0\"} 30.0", "prefork_worker_rss_bytes{worker=\"1\"} 41.0",
				"prefork_worker_scraped{worker=\"0\"} 1.0", "prefork_worker_scraped{worker=\"1\"} 0.0",
				"prefork_reloads_total{outcome=\"succeeded\"} 3.0",
				"prefork_reloads_total{outcome=\"rolled-back\"} 1.0", "prefork_reload_duration_seconds_count 4",
				"prefork_reload_duration_seconds_sum 9.5", "prefork_worker_ready_time_seconds{worker=\"1\"} 2.5",
				"prefork_listener_backlog{address=\"0.0.0.0:80\"} 6.0");
	}

	@Test
	void whenMasterDoesNotAnswerThenWhatWasScrapedIsThere() {
		assertThat(text(null, null)).contains("prefork_worker_scraped{worker=\"0\"} 1.0")
			.doesNotContain("prefork_generation");
	}

	@Test
	void whenMetricsAreNamedThenNoOthersAreThere() {
		assertThat(text(null, Set.of("other"))).isEmpty();
		assertThat(text(null, Set.of("prefork_worker_scraped"))).isNotEmpty();
	}

	private static String text(@Nullable ServiceStatus status, @Nullable Set<String> names) {
		return new String(new Scrape(PrometheusOutputFormat.CONTENT_TYPE_004, names)
			.render(ServiceMetrics.of(Set.of("0"), Set.of(1), status), null), StandardCharsets.UTF_8);
	}

	private static WorkerStatus worker(int slot, String state, long pss) {
		return new WorkerStatus(slot, state,
				new ProcessStatus(9, 1, 1, false, Instant.EPOCH, true, Instant.EPOCH.plusMillis(2500),
						new ProcessStatus.Usage(Duration.ZERO, pss + 1, pss)),
				null, null, new RestartStatus(2, Map.of("crash", 2), null));
	}

}
