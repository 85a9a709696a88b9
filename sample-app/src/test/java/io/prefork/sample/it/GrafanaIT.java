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

package io.prefork.sample.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PrometheusServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every query of the Grafana dashboard finds something in a Prometheus that scrapes the
 * service.
 */
@Tag("slow")
class GrafanaIT {

	private static final Path DASHBOARD = Path.of("..", "docs", "grafana", "prefork.json");

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@Test
	void whenPrometheusScrapesTheServiceThenEachQueryFindsSomething(@TempDir Path directory) throws Exception {
		List<String> queries = JsonPath.read(Files.readString(DASHBOARD), "$.panels[*].targets[*].expr");
		try (PreforkService service = PreforkService.builder()
			.args("--prefork.workers=2", "--prefork.graceful-timeout=5s", "--prefork.reload.canary=0",
					"--management.metrics.distribution.percentiles-histogram.http.server.requests=true")
			.start()
			.awaitReady(); PrometheusServer prometheus = PrometheusServer.scraping(service, directory)) {
			long killed = service.readyWorker(1);
			PreforkService.signal(killed, "KILL");
			service.awaitWorkerReady(1, killed);
			assertThat(service.reload("(succeeded|rolled back)")).contains("succeeded");

			assertThat(queries).hasSizeGreaterThan(20).allSatisfy((query) -> await(query).atMost(LIMIT).until(() -> {
				Http.http11().get(service.url("/hello"));
				return prometheus.query(filledIn(query)).stream().anyMatch((value) -> !value.equals("NaN"));
			}));

			assertThat(prometheus.query("sum(prefork_workers{state=\"ready\"})")).containsExactly("2");
			assertThat(prometheus.query("sum(prefork_worker_restarts_total{reason=\"crash\"})")).containsExactly("1");
		}
	}

	private static String filledIn(String query) {
		return query.replace("$__rate_interval", "10s").replace("$job", "service").replace("$instance", ".*");
	}

}
