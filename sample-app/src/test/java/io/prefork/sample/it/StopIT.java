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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.HttpReply;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;
import io.prefork.sample.it.support.Sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The ways to stop, and what is left behind: nothing.
 */
class StopIT {

	@TempDir
	private Path directory;

	@Test
	void whenTerminatedThenRequestsInFlightAreAnswered() {
		try (PreforkService service = start(2)) {
			CompletableFuture<HttpReply> slow = request(service, "/slow?ms=3000");

			service.terminate();

			assertThat(slow.join().status()).isEqualTo(200);
			assertThat(slow.join().header("connection")).contains("close");
			assertThat(service.awaitExit()).isZero();
			assertThat(service.lines()).filteredOn((line) -> line.contains("Sample application stopped")).hasSize(2);
			verifyNothingIsLeft(service);
		}
	}

	@Test
	void whenStopOfDispatchIsDelayedThenWhoeverStillComesIsServed() {
		try (PreforkService service = PreforkService.builder()
			.args("--prefork.workers=1", "--prefork.drain-delay=4s", "--prefork.distribution=dispatch")
			.start()
			.awaitReady()) {
			service.terminate();
			service.awaitLine("draining");

			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);

			assertThat(service.output()).doesNotContain("drained");
			assertThat(service.awaitExit()).isZero();
			assertThat(service.lines()).filteredOn((line) -> line.contains("Sample application stopped")).hasSize(1);
		}
	}

	@Test
	void whenTerminatedTwiceThenRequestsInFlightAreCut() {
		try (PreforkService service = start(1)) {
			CompletableFuture<HttpReply> slow = request(service, "/slow?ms=60000");
			service.terminate();
			service.awaitLine("draining");

			service.terminate();

			assertThat(service.awaitExit()).isZero();
			assertThat(slow).failsWithin(Duration.ofSeconds(20));
			assertThat(service.lines()).filteredOn((line) -> line.contains("Sample application stopped")).hasSize(1);
			verifyNothingIsLeft(service);
		}
	}

	@Test
	void whenTerminalInterruptsTheProcessGroupThenMasterStopsItsWorkersQuickly() {
		try (PreforkService service = start(1)) {
			CompletableFuture<HttpReply> slow = request(service, "/slow?ms=60000");

			service.signalGroup("INT");

			assertThat(service.awaitExit()).isZero();
			assertThat(slow).failsWithin(Duration.ofSeconds(20));
			assertThat(service.lines()).filteredOn((line) -> line.contains("Sample application stopped")).hasSize(1);
			verifyNothingIsLeft(service);
		}
	}

	@Test
	void whenGracefulTimeoutIsOverThenConnectionsAreCutAndBeansDestroyed() {
		try (PreforkService service = start(1, "--prefork.graceful-timeout=2s")) {
			CompletableFuture<HttpReply> slow = request(service, "/slow?ms=60000");

			service.terminate();

			assertThat(service.awaitExit()).isZero();
			assertThat(slow).failsWithin(Duration.ofSeconds(20));
			assertThat(service.output()).contains("1 connection had to be cut");
			assertThat(service.lines()).filteredOn((line) -> line.contains("Sample application stopped")).hasSize(1);
			verifyNothingIsLeft(service);
		}
	}

	@Test
	void whenTerminatedWhileBootingThenNothingIsLeft() {
		try (PreforkService service = builder(2).start()) {
			service.awaitLine("worker=1");

			service.terminate();

			assertThat(service.awaitExit()).isZero();
			service.awaitNoProcessLeft();
			verifyNoFileIsLeft();
		}
	}

	@Test
	void whenMasterIsKilledThenWorkersLeaveAndANewStartWorks() {
		PreforkService killed = start(2);
		try (killed) {
			int port = killed.port();
			CompletableFuture<HttpReply> slow = request(killed, "/slow?ms=2000");

			PreforkService.signal(killed.pid(), "KILL");

			await().atMost(Duration.ofSeconds(30)).until(() -> Sockets.isRefused(port));
			try (PreforkService next = builder(2, "--server.port=" + port).start()) {
				next.awaitReady();
				assertThat(next.port()).isEqualTo(port);
				assertThat(Http.http11().get(next.url("/hello")).status()).isEqualTo(200);
				assertThat(slow.join().status()).isEqualTo(200);
				killed.awaitNoProcessLeft();
				next.terminate();
				assertThat(next.awaitExit()).isZero();
				verifyNothingIsLeft(next);
			}
		}
	}

	@Test
	void whenRunDirectoryIsStaleThenStartWorks() throws IOException {
		Path runDirectory = this.directory.resolve("run");
		Path stale = Files.createDirectories(runDirectory.resolve("999999"));
		Files.writeString(stale.resolve("control.sock"), "stale");
		Files.writeString(stale.resolve("master.lock"), "999999\ntemporary\n");
		Files.writeString(runDirectory.resolve("master.lock"), "999999\npermanent\n");
		try (PreforkService service = builder(1, "--prefork.run-dir=" + runDirectory).start()) {
			service.awaitReady();

			service.terminate();

			assertThat(service.awaitExit()).isZero();
			assertThat(runDirectory).isEmptyDirectory();
		}
	}

	private PreforkService start(int workers, String... args) {
		return builder(workers, args).start().awaitReady();
	}

	private PreforkServiceBuilder builder(int workers, String... args) {
		return PreforkService.builder()
			.env("XDG_RUNTIME_DIR", this.directory.toString())
			.ownSession()
			.args("--prefork.workers=" + workers)
			.args(args);
	}

	/**
	 * Send a request and return as soon as it is in flight.
	 * @param service the service
	 * @param path the path
	 * @return the answer to come
	 */
	private static CompletableFuture<HttpReply> request(PreforkService service, String path) {
		CompletableFuture<HttpReply> reply = CompletableFuture.supplyAsync(() -> Http.http11().get(service.url(path)));
		await().atMost(Duration.ofSeconds(20)).until(() -> Sockets.established(service.port()) > 0);
		return reply;
	}

	private void verifyNothingIsLeft(PreforkService service) {
		service.awaitNoProcessLeft();
		assertThat(Sockets.isRefused(service.port())).isTrue();
		verifyNoFileIsLeft();
	}

	private void verifyNoFileIsLeft() {
		assertThat(this.directory.resolve("prefork")).satisfiesAnyOf((base) -> assertThat(base).doesNotExist(),
				(base) -> assertThat(base).isEmptyDirectory());
	}

}
