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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.HttpReply;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.Programs;
import io.prefork.sample.it.support.SharedServices;
import io.prefork.sample.it.support.SharedServicesExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One scrape of any worker has the metrics of all.
 */
@ExtendWith(SharedServicesExtension.class)
class PrometheusIT {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int REQUESTS = 100;

	private static final String TEXT = "text/plain;version=0.0.4";

	private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

	private static final String PROTOBUF = "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

	private static final String COUNT = "http_server_requests_seconds_count\\{.*uri=\"/hello\",worker=\"%s\"} (.*)";

	private final PreforkService service;

	PrometheusIT(SharedServices services) {
		this.service = services.operated();
	}

	@Test
	void whenRequestsAreSpreadThenTheScrapeHasEachOfThemOnce() {
		double before = requests("[01]");
		for (int i = 0; i < REQUESTS; i++) {
			assertThat(Http.http11().get(this.service.url("/hello")).status()).isEqualTo(200);
		}

		await().atMost(LIMIT).untilAsserted(() -> assertThat(requests("[01]") - before).isEqualTo(REQUESTS));
		assertThat(requests("0")).isPositive();
		assertThat(requests("1")).isPositive();
	}

	@Test
	void whenFormatIsAskedForThenAllWorkersAreInIt() {
		HttpReply text = scrape(TEXT);
		HttpReply openMetrics = scrape(OPEN_METRICS);
		HttpReply protobuf = scrape(PROTOBUF);

		assertThat(text.header("content-type")).hasValueSatisfying((type) -> assertThat(type).startsWith("text/plain"));
		assertThat(openMetrics.header("content-type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/openmetrics-text"));
		assertThat(openMetrics.body()).endsWith("# EOF\n").containsOnlyOnce("# EOF");
		assertThat(protobuf.header("content-type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/vnd.google.protobuf"));
		for (HttpReply reply : List.of(text, openMetrics)) {
			assertThat(reply.body()).containsOnlyOnce("# TYPE jvm_threads_live_threads gauge")
				.contains("jvm_threads_live_threads{worker=\"0\"}", "jvm_threads_live_threads{worker=\"1\"}",
						"prefork_worker_scraped{worker=\"0\"} 1.0", "prefork_worker_scraped{worker=\"1\"} 1.0",
						"prefork_workers{state=\"ready\"} 2.0", "prefork_worker_requests_total{worker=\"0\"}",
						"prefork_worker_connections{worker=\"1\"}", "prefork_worker_pss_bytes{worker=\"1\"}",
						"prefork_worker_ready_time_seconds{worker=\"1\"}",
						"prefork_worker_loop_lag_seconds{worker=\"0\"}",
						"prefork_reloads_total{outcome=\"succeeded\"}");
		}
		assertThat(protobuf.body()).containsOnlyOnce("jvm_threads_live_threads").contains("prefork_worker_scraped");
	}

	@Test
	void whenEventLoopIsBlockedThenTheScrapeCountsIt() {
		double before = sum("prefork_worker_stalls_total\\{.*");

		assertThat(get("/block?ms=1000").status()).isEqualTo(200);

		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(sum("prefork_worker_stalls_total\\{.*")).isGreaterThan(before));
	}

	@Test
	void whenMetricsAreNamedThenNoOthersAreThere() {
		HttpReply reply = Http.http11()
			.get(this.service.url("/actuator/prometheus?includedNames=jvm_threads_live_threads"));

		assertThat(reply.body().lines()).filteredOn((line) -> !line.startsWith("#"))
			.hasSize(2)
			.allMatch((line) -> line.startsWith("jvm_threads_live_threads{worker="));
	}

	@Test
	void whenWorkerIsStoppedThenTheScrapeDoesWithoutIt() {
		long stopped = this.service.readyWorker(1);
		PreforkService.signal(stopped, "STOP");
		try {
			// Connections that the stopped worker has accepted before are not used.
			await().atMost(LIMIT).untilAsserted(() -> {
				HttpReply reply = scrape(TEXT);
				assertThat(reply.body())
					.contains("prefork_worker_scraped{worker=\"0\"} 1.0", "prefork_worker_scraped{worker=\"1\"} 0.0",
							"jvm_threads_live_threads{worker=\"0\"}")
					.doesNotContain("jvm_threads_live_threads{worker=\"1\"}");
			});
		}
		finally {
			PreforkService.signal(stopped, "CONT");
		}
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(scrape(TEXT).body()).contains("prefork_worker_scraped{worker=\"1\"} 1.0"));
	}

	@Test
	void whenMeterIsAskedForThenItIsThatOfAllWorkersOrOfOne() {
		for (int i = 0; i < REQUESTS; i++) {
			Http.http11().get(this.service.url("/json"));
		}

		await().atMost(LIMIT).untilAsserted(() -> {
			double all = count("/actuator/metrics/http.server.requests?tag=uri:/json");
			double first = count("/actuator/metrics/http.server.requests?tag=uri:/json&tag=worker:0");
			double second = count("/actuator/workermetrics/1/http.server.requests?tag=uri:/json");
			assertThat(all).isEqualTo(first + second).isGreaterThanOrEqualTo(REQUESTS);
			assertThat(first).isPositive();
			assertThat(second).isPositive();
		});
		HttpReply reply = get("/actuator/metrics/jvm.threads.live");
		assertThat(JsonPath.<List<String>>read(reply.body(), "$.availableTags[?(@.tag=='worker')].values[*]"))
			.containsExactly("0", "1");
		assertThat(JsonPath.<List<String>>read(get("/actuator/metrics").body(), "$.names"))
			.contains("http.server.requests");
		assertThat(JsonPath.<List<String>>read(get("/actuator/workermetrics/0").body(), "$.names"))
			.contains("jvm.threads.live");
		assertThat(get("/actuator/metrics/no.such.meter").status()).isEqualTo(404);
		assertThat(get("/actuator/metrics/jvm.threads.live?tag=worker:x").status()).isEqualTo(400);
		assertThat(get("/actuator/metrics/jvm.threads.live?tag=nonsense").status()).isEqualTo(400);
		assertThat(get("/actuator/workermetrics/7").status()).isEqualTo(404);
		assertThat(get("/actuator/workermetrics/1/no.such.meter").status()).isEqualTo(404);
	}

	@Test
	void whenPromtoolReadsTheScrapeThenItFindsNothingWrong() throws Exception {
		Path promtool = Programs.installed("promtool");

		Process process = new ProcessBuilder(promtool.toString(), "check", "metrics").redirectErrorStream(true).start();
		process.getOutputStream().write(scrape(TEXT).body().getBytes(StandardCharsets.UTF_8));
		process.getOutputStream().close();
		String remarks = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

		// 3 stands for remarks on style, such as a missing help text.
		assertThat(process.waitFor()).as(remarks).isIn(0, 3);
	}

	private double requests(String worker) {
		return sum(COUNT.formatted(worker));
	}

	private double sum(String samples) {
		return scrape(TEXT).body()
			.lines()
			.filter((line) -> line.matches(samples))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	private double count(String path) {
		return JsonPath.<List<Double>>read(get(path).body(), "$.measurements[?(@.statistic=='COUNT')].value").get(0);
	}

	private HttpReply get(String path) {
		return Http.http11().get(this.service.url(path));
	}

	private HttpReply scrape(String format) {
		return Http.http11().get(this.service.url("/actuator/prometheus"), format);
	}

}
