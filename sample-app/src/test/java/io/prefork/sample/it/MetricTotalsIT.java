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

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.HttpReply;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * With {@code prefork.metrics.aggregate=sum} counters of all workers add up, and never
 * fall because a worker is gone.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MetricTotalsIT {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int REQUESTS = 50;

	private static final String TEXT = "text/plain;version=0.0.4";

	private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

	private static final String COUNT = "http_server_requests_seconds_count{";

	private final PreforkService service = PreforkService.builder()
		.args("--prefork.workers=2", "--prefork.metrics.aggregate=sum", "--prefork.graceful-timeout=8s",
				"--prefork.restart.initial-delay=100ms", "--management.endpoint.workers.access=unrestricted",
				"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m")
		.start();

	private int answered;

	@BeforeAll
	void start() {
		this.service.awaitReady();
	}

	@BeforeEach
	void awaitWorkers() {
		this.service.awaitReadySlots(2);
		this.service.awaitProcesses(2);
	}

	@AfterAll
	void stop() {
		this.service.close();
	}

	@Test
	void whenWorkersAreRecycledThenTheSumIsWhatTheClientCounted() {
		send();
		awaitCounted();

		for (int slot = 0; slot < 2; slot++) {
			long recycled = this.service.readyWorker(slot);
			assertThat(Http.http11().delete(this.service.url("/actuator/workers/" + slot)).status()).isEqualTo(202);
			send();
			this.service.awaitWorkerReady(slot, recycled);
			this.service.awaitLine("pid=" + recycled + " exited with code 0 (recycle)");
			send();
			awaitCounted();
		}
		assertThat(scrape(OPEN_METRICS).body()).endsWith("# EOF\n");
		assertThat(scrape(TEXT).body()).doesNotContain("jvm_threads_live_threads{")
			.contains("jvm_threads_live_threads ", "prefork_worker_scraped{worker=\"0\"} 1.0",
					"prefork_worker_scraped{worker=\"1\"} 1.0");
	}

	@Test
	void whenWorkerIsKilledThenWhatWasScrapedIsNotLost() {
		send();
		awaitCounted();
		long killed = this.service.readyWorker(0);

		PreforkService.signal(killed, "KILL");
		this.service.awaitWorkerReady(0, killed);

		awaitCounted();
		send();
		awaitCounted();
	}

	@Test
	void whenWorkerIsStoppedThenTheSumDoesNotFall() {
		send();
		awaitCounted();
		long stopped = this.service.readyWorker(1);
		PreforkService.signal(stopped, "STOP");
		try {
			await().atMost(LIMIT).untilAsserted(() -> {
				HttpReply reply = scrape(TEXT);
				assertThat(reply.body()).contains("prefork_worker_scraped{worker=\"1\"} 0.0");
				assertThat(counted(reply)).isEqualTo(this.answered);
			});
		}
		finally {
			PreforkService.signal(stopped, "CONT");
		}
		awaitCounted();
	}

	private void send() {
		for (int i = 0; i < REQUESTS; i++) {
			assertThat(Http.http11().get(this.service.url("/hello")).status()).isEqualTo(200);
			this.answered++;
		}
	}

	private void awaitCounted() {
		await().atMost(LIMIT).untilAsserted(() -> {
			assertThat(counted(scrape(TEXT))).isEqualTo(this.answered);
			assertThat(counted(scrape(OPEN_METRICS))).isEqualTo(this.answered);
		});
	}

	private static double counted(HttpReply reply) {
		return reply.body()
			.lines()
			.filter((line) -> line.startsWith(COUNT) && line.contains("uri=\"/hello\""))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	private HttpReply scrape(String format) {
		return Http.http11().get(this.service.url("/actuator/prometheus"), format);
	}

}
