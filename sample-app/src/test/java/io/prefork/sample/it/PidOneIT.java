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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.Jdks;
import io.prefork.sample.it.support.PidNamespace;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A master that is process 1, as in a container without an init.
 */
class PidOneIT {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	/**
	 * The first Java that can wait for processes that it has not started.
	 */
	private static final int COLLECTS = 22;

	@BeforeAll
	static void checkPermission() {
		Assumptions.assumeTrue(PidNamespace.isPermitted(), "This user may not create a pid namespace (unshare)");
	}

	@Test
	void whenMasterIsProcessOneThenSignalsWorkAndOrphansAreCollectedWhereJavaCan() {
		verifyProcessOne(Path.of(System.getProperty("java.home")), Runtime.version().feature() >= COLLECTS);
	}

	@Test
	@Tag("slow")
	void whenMasterIsProcessOneOnLatestJdkThenSignalsWorkAndOrphansAreCollected() {
		Path jdk = Jdks.atLeast(25).orElse(null);
		Assumptions.assumeTrue(jdk != null, "no JDK 25 is installed");
		verifyProcessOne(jdk, true);
	}

	private static void verifyProcessOne(Path javaHome, boolean collects) {
		try (PreforkService service = start(javaHome, "--prefork.workers=1", "--prefork.reload.canary=0",
				"--sample.faults.enabled=true", "--prefork.graceful-timeout=5s",
				"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m")) {
			service.awaitReady();
			PidNamespace inside = new PidNamespace(service);
			long master = inside.outside(1);

			long child = inside
				.outside(Long.parseLong(Http.http11().post(service.url("/faults/child?seconds=600"), "").body()));
			verifyKilledWorkerIsReplaced(service, inside);
			verifyOrphan(service, child, master, collects);
			verifyReload(service, master);
			PreforkService.signal(master, "TERM");

			assertThat(service.awaitExit()).isZero();
			service.awaitNoProcessLeft();
		}
	}

	@Test
	void whenMasterCannotStartThenItsExitCodeIsThatOfTheContainer() {
		try (PreforkService service = start(Path.of(System.getProperty("java.home")), "--prefork.workers=0")) {

			assertThat(service.awaitExit()).isEqualTo(1);
			assertThat(service.output()).contains("prefork.workers");
		}
	}

	private static PreforkService start(Path javaHome, String... args) {
		return PreforkService.builder().javaHome(javaHome).wrappedBy(PidNamespace.UNSHARE).args(args).start();
	}

	private static void verifyKilledWorkerIsReplaced(PreforkService service, PidNamespace inside) {
		long worker = service.readyWorker(0);

		PreforkService.signal(inside.outside(worker), "KILL");

		service.awaitLine("worker=0 gen=1 pid=%d killed by signal 9 (KILL) (crash)".formatted(worker));
		service.awaitWorkerReady(0, worker);
	}

	private static void verifyOrphan(PreforkService service, long child, long master, boolean collects) {
		assertThat(PidNamespace.parent(child)).isEqualTo(master);

		PreforkService.signal(child, "TERM");

		if (collects) {
			await().atMost(LIMIT).until(() -> !PidNamespace.isInTable(child));
			assertThat(service.output()).doesNotContain("stay as zombies");
		}
		else {
			service.awaitLine("it takes Java 22 or later); start the container with an init (docker run --init");
		}
	}

	private static void verifyReload(PreforkService service, long master) {
		int from = service.lines().size();

		PreforkService.signal(master, "HUP");

		assertThat(service.awaitLine(from, "reload gen=2 (succeeded|rolled back)")).contains("succeeded");
		assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
	}

}
