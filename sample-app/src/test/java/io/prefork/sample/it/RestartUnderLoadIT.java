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

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.prefork.sample.it.support.Jdks;
import io.prefork.sample.it.support.LoadClient;
import io.prefork.sample.it.support.LoadMode;
import io.prefork.sample.it.support.LoadResult;
import io.prefork.sample.it.support.LoadRun;
import io.prefork.sample.it.support.MixedLoad;
import io.prefork.sample.it.support.Outcome;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.SharedServices;
import io.prefork.sample.it.support.SharedServicesExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers that are restarted under load lose no request. In CI the load is light;
 * {@code -Dit.load.requests=100000 -Dload.rate=1500} is a heavy one.
 */
@ExtendWith(SharedServicesExtension.class)
class RestartUnderLoadIT {

	private static final int REQUESTS = Integer.getInteger("load.requests", 3_000);

	/**
	 * Options for a quick start, as four workers and the clients share few processors.
	 */
	private static final String JVM_OPTIONS = "--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m";

	@Test
	void whenWorkersAreTerminatedOneAfterAnotherThenNoRequestFails(SharedServices services) {
		verifyNoRequestFails(services.standard());
	}

	@Test
	@Tag("slow")
	void whenWorkersAreTerminatedOnLatestJdkThenNoRequestFails() {
		Path jdk = Jdks.atLeast(25).orElse(null);
		Assumptions.assumeTrue(jdk != null, "no JDK 25 is installed");
		try (PreforkService service = PreforkService.builder()
			.javaHome(jdk)
			.args("--prefork.workers=2", "--prefork.graceful-timeout=8s", "--server.http2.enabled=true", JVM_OPTIONS)
			.start()
			.awaitReady()) {
			verifyNoRequestFails(service);
		}
	}

	@Test
	void whenWorkerIsKilledThenOnlyItsRequestsFailAndSlotIsReadyAgain(SharedServices services) {
		int connections = 16;
		PreforkService service = services.standard();
		LoadRun load = LoadClient.against(service.port())
			.path("/pid")
			.mode(LoadMode.CONNECTION_PER_REQUEST)
			.connections(connections)
			.requests(6_000)
			.rate(1_000)
			.limit(Duration.ofMinutes(3))
			.start();
		load.awaitMoreOk(1_000);

		long killed = service.readyWorker(1);
		PreforkService.signal(killed, "KILL");
		service.awaitWorkerReady(1, killed);
		LoadResult result = load.await();

		assertThat(result.failed()).as(result::toString).isLessThanOrEqualTo(connections);
		assertThat(result.count(Outcome.CONNECT_REFUSED)).isZero();
		assertThat(service.output()).contains("pid=" + killed + " killed by signal 9 (KILL)");
		assertThat(service.readyWorkers()).hasSize(2);
	}

	private static void verifyNoRequestFails(PreforkService service) {
		MixedLoad load = MixedLoad.clearText(service, "/pid", Integer.getInteger("load.rate", 200));

		for (int slot : service.readyWorkers().keySet()) {
			load.awaitMoreOk(200);
			long pid = service.readyWorker(slot);
			PreforkService.signal(pid, "TERM");
			service.awaitWorkerReady(slot, pid);
		}

		while (load.total() < REQUESTS) {
			load.awaitMoreOk(200);
		}
		load.stopAndVerifyNoneFailed("every worker restarted");
	}

}
