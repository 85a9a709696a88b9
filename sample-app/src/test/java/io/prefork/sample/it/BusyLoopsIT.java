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

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
 * Connections that never pause keep every event loop busy, and newcomers get their turn
 * all the same.
 */
@ExtendWith(SharedServicesExtension.class)
class BusyLoopsIT {

	private static final int CLIENTS = 32;

	private static final String ONE_LOOP = "--prefork.event-loops=1";

	private final SharedServices services;

	BusyLoopsIT(SharedServices services) {
		this.services = services;
	}

	@Test
	void whenLoopsAreBusyThenNewConnectionsDoNotWaitForManyTurns() {
		verifyTurns(this.services.standard(ONE_LOOP));
	}

	@ParameterizedTest
	@ValueSource(strings = { "reuseport", "dispatch" })
	@Tag("slow")
	void whenLoopsAreBusyThenNewConnectionsDoNotWaitHoweverTheyCome(String distribution) {
		verifyTurns(this.services.standard(ONE_LOOP, "--prefork.distribution=" + distribution));
	}

	@Test
	void whenLoopsAreBusyThenReloadFailsNobody() {
		PreforkService service = this.services.standard(ONE_LOOP);
		LoadRun kept = load(service, LoadMode.KEEP_ALIVE);
		LoadRun fresh = load(service, LoadMode.CONNECTION_PER_REQUEST);
		LoadRun http2 = load(service, LoadMode.HTTP2);
		kept.awaitMoreOk(CLIENTS);

		assertThat(service.reload("(succeeded|rolled back)")).contains("succeeded");

		fresh.awaitMoreOk(2 * CLIENTS);
		verifyNoneFailed(kept, fresh, http2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "shared", "reuseport", "dispatch" })
	@Tag("slow")
	void whenLoopsAreBusyAndWorkerIsKilledThenOnlyWhatItHadIsLost(String distribution) {
		PreforkService service = this.services.standard(ONE_LOOP, "--prefork.distribution=" + distribution);
		LoadRun kept = load(service, LoadMode.KEEP_ALIVE);
		LoadRun fresh = load(service, LoadMode.CONNECTION_PER_REQUEST);
		LoadRun http2 = load(service, LoadMode.HTTP2);
		kept.awaitMoreOk(CLIENTS);
		long killed = service.readyWorker(1);

		PreforkService.signal(killed, "KILL");

		service.awaitWorkerReady(1, killed);
		fresh.awaitMoreOk(2 * CLIENTS);
		for (LoadRun run : List.of(kept, fresh, http2)) {
			LoadResult result = run.stop();
			assertThat(result.failed()).as(result::toString).isLessThanOrEqualTo(CLIENTS);
			assertThat(result.count(Outcome.CONNECT_TIMEOUT) + result.count(Outcome.READ_TIMEOUT)).as(result::toString)
				.isZero();
		}
	}

	@Test
	@Tag("slow")
	void whenLoopsAreBusyThenRecyclingFailsNobody() {
		PreforkService service = this.services.standard(ONE_LOOP, "--prefork.max-age=20s",
				"--prefork.max-age-jitter=10s");
		LoadRun kept = load(service, LoadMode.KEEP_ALIVE);
		LoadRun fresh = load(service, LoadMode.CONNECTION_PER_REQUEST);
		LoadRun http2 = load(service, LoadMode.HTTP2);

		service.awaitLines("exited with code \\d+ \\(max-age\\)", 2);

		fresh.awaitMoreOk(2 * CLIENTS);
		verifyNoneFailed(kept, fresh, http2);
	}

	@Test
	void whenAllWorkersAreStoppedThenLogSaysThatConnectionsWait() throws IOException {
		PreforkService service = this.services.standard(ONE_LOOP);
		int from = service.lines().size();
		Collection<Long> workers = service.readyWorkers().values();
		workers.forEach((pid) -> PreforkService.signal(pid, "STOP"));
		try (Socket waiting = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
			assertThat(waiting.isConnected()).isTrue();
			service.awaitLine(from, "connections wait to be accepted at .*: no event loop has run since");
		}
		finally {
			// Those that are not replaced, because it has taken too long.
			workers.stream()
				.filter((pid) -> ProcessHandle.of(pid).isPresent())
				.forEach((pid) -> PreforkService.signal(pid, "CONT"));
		}
		service.awaitLine(from, "connections at .* are accepted at once again");
	}

	private static void verifyTurns(PreforkService service) {
		LoadRun kept = load(service, LoadMode.KEEP_ALIVE);
		LoadRun fresh = load(service, LoadMode.CONNECTION_PER_REQUEST);
		kept.awaitMoreOk(20 * CLIENTS);
		long keptBefore = kept.result().ok();
		long freshBefore = fresh.result().ok();

		kept.awaitMoreOk(40 * CLIENTS);

		// A turn of a loop answers each kept connection once. A new one takes one turn to
		// be accepted and another one to be answered, and so do those that wait with it.
		double keptTurns = (double) (kept.result().ok() - keptBefore) / CLIENTS;
		double freshTurns = (double) (fresh.result().ok() - freshBefore) / CLIENTS;
		assertThat(freshTurns).isGreaterThan(keptTurns / 5);
		verifyNoneFailed(kept, fresh);
	}

	private static LoadRun load(PreforkService service, LoadMode mode) {
		return LoadClient.against(service.port())
			.path("/burn?ms=3")
			.mode(mode)
			.connections(CLIENTS)
			.requests(Long.MAX_VALUE)
			.limit(Duration.ofMinutes(5))
			.timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30))
			.start();
	}

	private static void verifyNoneFailed(LoadRun... runs) {
		for (LoadRun run : runs) {
			LoadResult result = run.stop();
			assertThat(result.failed()).as(result::toString).isZero();
		}
	}

}
