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
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.sample.it.support.HeldConnections;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker that begins beside a warm one gets few connections first, and its share later.
 */
@Tag("slow")
class SlowStartIT {

	private static final Duration SLOW_START = Duration.ofSeconds(20);

	private static final int CONNECTIONS = 60;

	private static final Duration PAUSE = Duration.ofMillis(5);

	@ParameterizedTest
	@ValueSource(strings = { "--prefork.distribution=shared", "--prefork.distribution=dispatch" })
	void whenWorkerBeginsBesideWarmOneThenItsShareGrows(String distribution) {
		try (PreforkService service = start(distribution);
				HeldConnections connections = new HeldConnections(service.port())) {
			long replacement = replace(service, connections);

			connections.openSlowly(CONNECTIONS, PAUSE);
			Map<Long, Integer> all = connections.share();
			assertThat(all.get(replacement)).as(all::toString)
				.isBetween((int) (0.8 * CONNECTIONS), (int) (1.2 * CONNECTIONS));
		}
	}

	@Test
	void whenKernelHandsOutConnectionsThenTheShareOfNewOnesGrowsToo() {
		try (PreforkService service = start("--prefork.distribution=reuseport");
				HeldConnections connections = new HeldConnections(service.port())) {
			long replacement = replace(service, connections);

			Map<Long, Integer> later = connections.openSlowly(CONNECTIONS, PAUSE);
			assertThat(later.get(replacement)).as(later::toString).isBetween(CONNECTIONS / 4, CONNECTIONS / 4 * 3);
		}
	}

	/**
	 * Replace one of two warm workers, and wait until the replacement has its share.
	 * @param service the service
	 * @param connections connections to it, of which the replacement gets few first
	 * @return the replacement
	 */
	private static long replace(PreforkService service, HeldConnections connections) {
		LockSupport.parkNanos(SLOW_START.toNanos());
		long killed = service.readyWorker(1);
		PreforkService.signal(killed, "KILL");
		long cold = service.awaitWorkerReady(1, killed);

		Map<Long, Integer> first = connections.openSlowly(CONNECTIONS, PAUSE);
		assertThat(first.getOrDefault(cold, 0)).as(first::toString).isLessThan(CONNECTIONS / 3);

		LockSupport.parkNanos(SLOW_START.toNanos());
		return cold;
	}

	private static PreforkService start(String distribution) {
		PreforkService service = PreforkService.builder()
			.args("--prefork.workers=2", distribution, "--prefork.slow-start=" + SLOW_START.toSeconds() + "s",
					"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx128m")
			.start()
			.awaitReady();
		service.awaitReadySlots(2);
		return service;
	}

}
