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
import java.util.Collections;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.prefork.sample.it.support.HeldConnections;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers that accept from one socket get equal shares of the connections that stay.
 */
@Tag("slow")
class BalanceIT {

	private static final int WORKERS = 4;

	private static final int CONNECTIONS = 200;

	private static final Duration PAUSE = Duration.ofMillis(5);

	@Test
	void whenConnectionsStayThenEachWorkerHasItsShareAndNobodyWaitsForOneThatIsStopped() {
		try (PreforkService service = start(); HeldConnections connections = new HeldConnections(service.port())) {
			// Workers that have just begun may miss a turn, and get more later.
			connections.openAtOnce(CONNECTIONS);
			connections.openSlowly(CONNECTIONS, PAUSE);
			connections.openAtOnce(CONNECTIONS);
			connections.openSlowly(CONNECTIONS, PAUSE);
			verifyEven(connections.share());
			verifyNobodyWaitsForStopped(service.readyWorker(1), connections);
		}
	}

	private static void verifyEven(Map<Long, Integer> share) {
		System.out.println("share of the connections: " + share);
		double mean = share.values().stream().mapToInt(Integer::intValue).sum() / (double) WORKERS;
		assertThat(Collections.max(share.values()) / mean).as(share::toString).isLessThan(1.2);
	}

	private static void verifyNobodyWaitsForStopped(long stopped, HeldConnections connections) {
		connections.closeOldest(stopped, CONNECTIONS / WORKERS / 2);
		PreforkService.signal(stopped, "STOP");
		try {
			// Each fails if it takes too long.
			Map<Long, Integer> others = connections.openSlowly(CONNECTIONS / 2, PAUSE);

			assertThat(others).hasSize(WORKERS - 1).doesNotContainKey(stopped);
		}
		finally {
			PreforkService.signal(stopped, "CONT");
		}
	}

	private static PreforkService start() {
		PreforkService service = PreforkService.builder()
			.args("--prefork.workers=" + WORKERS, "--prefork.distribution=shared",
					"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx128m")
			.start()
			.awaitReady();
		service.awaitReadySlots(WORKERS);
		return service;
	}

}
