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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.LoadClient;
import io.prefork.sample.it.support.LoadMode;
import io.prefork.sample.it.support.LoadResult;
import io.prefork.sample.it.support.LoadRun;
import io.prefork.sample.it.support.MixedLoad;
import io.prefork.sample.it.support.Outcome;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However connections reach the workers, none is lost.
 */
class DistributionIT {

	private static final int CONNECTIONS = 16;

	/**
	 * The shared socket's turn is in {@link ReloadIT} and {@link ScaleIT}.
	 * @param distribution how connections reach the workers
	 */
	@ParameterizedTest
	@ValueSource(strings = { "reuseport", "dispatch" })
	void whenReloadedAndScaledUnderLoadThenNoRequestFails(String distribution) {
		try (PreforkService service = start(distribution)) {
			MixedLoad load = MixedLoad.allModes(service, "/pid");

			assertThat(service.reload("(succeeded|rolled back)")).contains("succeeded");
			load.awaitMoreOk(100);
			scale(service, "TTIN", 3);
			load.awaitMoreOk(100);
			scale(service, "TTOU", 2);
			scale(service, "TTOU", 1);
			service.awaitProcesses(1);
			load.awaitMoreOk(100);
			scale(service, "TTIN", 2);

			load.awaitMoreOk(100).stopAndVerifyNoneFailed(distribution + ", reload, 3, 1, 2 workers");
			verifyRemoteAddress(service);
			service.terminate();
			assertThat(service.awaitExit()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "shared", "reuseport", "dispatch" })
	void whenWorkerStallsOrDiesThenTheOthersServe(String distribution) {
		try (PreforkService service = start(distribution)) {
			LoadRun load = LoadClient.against(service.port())
				.path("/pid")
				.mode(LoadMode.CONNECTION_PER_REQUEST)
				.connections(CONNECTIONS)
				.requests(Long.MAX_VALUE)
				.rate(500)
				.limit(Duration.ofMinutes(3))
				.start();
			load.awaitMoreOk(200);

			long stalled = service.readyWorker(1);
			PreforkService.signal(stalled, "STOP");
			load.awaitMoreOk(500);
			PreforkService.signal(stalled, "CONT");
			load.awaitMoreOk(500);
			assertThat(load.result().failed()).as(load.result()::toString).isZero();
			PreforkService.signal(stalled, "KILL");
			service.awaitWorkerReady(1, stalled);
			load.awaitMoreOk(200);
			load.stop();

			LoadResult result = load.result();
			System.out.printf("%s, a worker stopped and one killed: %s%n", distribution, result);
			assertThat(result.failed()).as(result::toString).isLessThanOrEqualTo(CONNECTIONS);
			assertThat(result.count(Outcome.CONNECT_REFUSED)).isZero();
			assertThat(service.output()).doesNotContain("is replaced");
		}
	}

	private static PreforkService start(String distribution) {
		return PreforkService.builder()
			.args("--prefork.workers=2", "--prefork.distribution=" + distribution, "--prefork.graceful-timeout=8s",
					"--prefork.reload.canary=0", "--server.http2.enabled=true",
					"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m")
			.start()
			.awaitReady();
	}

	private static void scale(PreforkService service, String signal, int workers) {
		int from = service.signal(signal);
		service.awaitLine(from, "scaling from \\d to " + workers + " workers");
		service.awaitReadySlots(workers);
	}

	private static void verifyRemoteAddress(PreforkService service) {
		assertThat(Http.http11().get(service.url("/remote")).body()).startsWith("127.0.0.1:");
	}

}
