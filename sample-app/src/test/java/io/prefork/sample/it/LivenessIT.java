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

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.LoadClient;
import io.prefork.sample.it.support.LoadMode;
import io.prefork.sample.it.support.LoadResult;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers that live but do not serve are found, explained and replaced; others are left
 * alone. One service has to bear it all, one thing after another.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LivenessIT {

	private final PreforkService service = PreforkService.builder()
		.args("--prefork.workers=2", "--prefork.timeout=3s", "--prefork.stall-threshold=500ms",
				"--prefork.graceful-timeout=5s", "--prefork.restart.initial-delay=100ms",
				"--prefork.restart.max-delay=1s", "--sample.faults.enabled=true",
				"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx64m")
		.start();

	@BeforeAll
	void start() {
		this.service.awaitReady();
	}

	@BeforeEach
	void awaitBothWorkers() {
		this.service.awaitReadySlots(2);
		this.service.awaitProcesses(2);
	}

	@AfterAll
	void stop() {
		this.service.close();
	}

	@Test
	void whenWorkerIsStoppedThenItIsReplaced() {
		long stopped = this.service.readyWorker(1);

		PreforkService.signal(stopped, "STOP");

		awaitReplacedAsHung(1, stopped);
		assertThat(this.service.output())
			.containsPattern("pid=" + stopped + " killed by signal 9 \\(KILL\\) \\(hang\\)");
	}

	@Test
	void whenEventLoopHangsThenItsStackIsLoggedAndWorkerIsReplaced() {
		verifyHung("/hang", "FaultsController");
	}

	@Test
	@Tag("slow")
	void whenEventLoopIsDeadlockedThenItsStackIsLoggedAndWorkerIsReplaced() {
		verifyHung("/deadlock", "Deadlock");
	}

	@Test
	void whenMemoryIsUsedUpThenWorkerIsReplaced() {
		Http connection = Http.http11();
		long pid = Long.parseLong(connection.get(this.service.url("/pid")).body());
		int slot = slotOf(pid);

		CompletableFuture.runAsync(() -> connection.post(this.service.url("/faults/oom"), ""));

		this.service.awaitWorkerReady(slot, pid);
		this.service.awaitLine(Pattern.compile("pid=" + pid + " (exited|killed) .*\\(oom\\)"));
	}

	@Test
	void whenMasterWasStoppedForLongThenNobodyIsReplaced() {
		Map<Integer, Long> workers = this.service.readyWorkers();
		int from = this.service.signal("STOP");

		LoadResult meanwhile = loadFor(Duration.ofSeconds(6));
		this.service.signal("CONT");
		LoadResult afterwards = loadFor(Duration.ofSeconds(4));

		System.out.println("master stopped: " + meanwhile + "; going on: " + afterwards);
		assertThat(meanwhile.failed() + afterwards.failed()).isZero();
		assertThat(this.service.readyWorkers()).isEqualTo(workers);
		assertThat(String.join("\n", this.service.lines().subList(from, this.service.lines().size())))
			.doesNotContain("is silent", "starting", "is replaced");
	}

	@Test
	void whenEventLoopIsBlockedForAMomentThenItsStackIsLoggedAndWorkerStays() {
		Map<Integer, Long> workers = this.service.readyWorkers();
		int from = this.service.lines().size();

		assertThat(Http.http11().get(this.service.url("/block?ms=1500")).status()).isEqualTo(200);

		this.service.awaitLine(from, "worker=\\d+ gen=1 pid=\\d+ event loop \\S+ is blocked for \\d+ ms");
		this.service.awaitLine(from, "FaultsController");
		assertThat(this.service.readyWorkers()).isEqualTo(workers);
	}

	private void verifyHung(String path, String inStack) {
		int from = this.service.lines().size();
		CompletableFuture<?> request = CompletableFuture.runAsync(() -> Http.http11().get(this.service.url(path)));

		this.service.awaitLine(from, "event loop \\S+ is blocked for \\d+ ms");
		this.service.awaitLine(from, inStack);
		String silent = this.service.awaitLine(from, "is silent for .* and is replaced");
		long pid = Long.parseLong(silent.replaceFirst(".*\\bpid=(\\d+) .*", "$1"));
		awaitReplacedAsHung(slotOf(pid), pid);

		assertThat(request).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.withCauseInstanceOf(UncheckedIOException.class);
	}

	private void awaitReplacedAsHung(int slot, long pid) {
		this.service.awaitLine(
				Pattern.compile("worker=" + slot + " gen=\\d+ pid=" + pid + " is silent for .* and is replaced"));
		this.service.awaitLine(Pattern.compile("pid=" + pid + " (exited|killed) .*\\(hang\\)"));
		assertThat(this.service.awaitWorkerReady(slot, pid)).isNotEqualTo(pid);
	}

	private LoadResult loadFor(Duration time) {
		return LoadClient.against(this.service.port())
			.path("/hello")
			.mode(LoadMode.CONNECTION_PER_REQUEST)
			.connections(4)
			.requests(Long.MAX_VALUE)
			.rate(100)
			.limit(time)
			.start()
			.await();
	}

	private int slotOf(long pid) {
		String slot = this.service.awaitLine(Pattern.compile("worker=\\d+ gen=\\d+ pid=" + pid + " ready"))
			.replaceFirst(".*\\bworker=(\\d+) .*", "$1");
		return Integer.parseInt(slot);
	}

}
