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

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.sample.it.support.LoadClient;
import io.prefork.sample.it.support.LoadMode;
import io.prefork.sample.it.support.LoadResult;
import io.prefork.sample.it.support.LoadRun;
import io.prefork.sample.it.support.Outcome;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.SharedServices;
import io.prefork.sample.it.support.SharedServicesExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However connections reach the workers, one that is not well does no harm.
 */
@ExtendWith(SharedServicesExtension.class)
class DistributionIT {

	private static final int CONNECTIONS = 16;

	@ParameterizedTest
	@ValueSource(strings = { "shared", "reuseport", "dispatch" })
	void whenWorkerStallsOrDiesThenTheOthersServe(String distribution, SharedServices services) {
		PreforkService service = services.standard("--prefork.distribution=" + distribution);
		int from = service.lines().size();
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
		assertThat(service.lines().subList(from, service.lines().size()))
			.noneMatch((line) -> line.contains("is replaced"));
	}

}
