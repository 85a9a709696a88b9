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
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.HttpReply;
import io.prefork.sample.it.support.NotificationSocket;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.ReleaseDirectory;
import io.prefork.sample.it.support.Sockets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service manager learns what the service does, and may bind its sockets.
 */
class SystemdIT {

	private static final Path SOCKET_ACTIVATE = Path.of("/usr/bin/systemd-socket-activate");

	private static final Set<String> VARIABLES = Set.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_PID",
			"LISTEN_FDS", "LISTEN_FDNAMES");

	private static final String DESCRIBE_VARIABLE = "PREFORK_DESCRIBE_FILE";

	private static final long PATIENCE_SECONDS = 120;

	private static final String CONFIGURATION = """
			server:
			  address: 127.0.0.1
			  port: %d
			prefork:
			  workers: 2
			  reload.canary: 0s
			  graceful-timeout: 2s
			  jvm.options: -XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m
			""";

	@TempDir
	private Path directory;

	@Test
	void whenServiceManagerListensThenItLearnsWhatHappens() {
		try (NotificationSocket manager = new NotificationSocket(this.directory.resolve("notify"));
				PreforkService service = PreforkService.builder()
					.args("--prefork.workers=2", "--prefork.reload.canary=0s", "--prefork.graceful-timeout=2s")
					.env("NOTIFY_SOCKET", manager.address())
					.env("WATCHDOG_USEC", "2000000")
					.start()) {
			assertThat(manager.await(0, "READY=1")).endsWith("STATUS=2 of 2 workers ready, generation 1");
			assertThat(manager.messages()).contains("STATUS=0 of 2 workers ready, generation 1",
					"STATUS=1 of 2 workers ready, generation 1");
			service.awaitReady();
			verifyNotInherited(service);
			manager.awaitCount(manager.messages().size(), "WATCHDOG=1", 3);

			verifyReload(service, manager);

			long successor = verifyUpgrade(service, manager);

			int stopped = manager.messages().size();
			PreforkService.signal(successor, "TERM");
			// 2 s to drain, and 15 s for what comes after it.
			assertThat(manager.await(stopped, "STOPPING=1")).contains("EXTEND_TIMEOUT_USEC=17000000")
				.endsWith("STATUS=stopping");
			service.awaitNoProcessLeft();
			assertThat(manager.messages()).filteredOn((message) -> message.startsWith("STOPPING=1")).hasSize(1);
		}
	}

	@Test
	void whenServiceManagerHasBoundTheSocketThenTheRequestThatStartsTheServiceIsAnswered() throws IOException {
		Assumptions.assumeTrue(Files.isExecutable(SOCKET_ACTIVATE),
				() -> SOCKET_ACTIVATE + " is missing: install systemd");
		int port = Sockets.freePort();
		ReleaseDirectory release = ReleaseDirectory.in(this.directory).release(CONFIGURATION.formatted(port));
		try (PreforkService service = PreforkService.builder().release(release).socketActivated(port).start()) {
			service.awaitLine("Listening on 127.0.0.1:" + port);

			HttpReply first = CompletableFuture.supplyAsync(() -> getPatiently(port))
				.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
				.join();

			assertThat(first.status()).isEqualTo(200);
			service.awaitReady();
			assertThat(service.addresses()).containsExactly("127.0.0.1:" + port);
			verifyServes(service, port);
			verifyNotInherited(service);
			verifyComesBack(service, release, port);
			service.terminate();
			assertThat(service.awaitExit()).isZero();
		}
	}

	private static void verifyReload(PreforkService service, NotificationSocket manager) {
		int from = manager.messages().size();
		long before = System.nanoTime() / 1000;
		service.signal("HUP");

		String begins = manager.await(from, "RELOADING=1\n");
		assertThat(begins).matches("RELOADING=1\nMONOTONIC_USEC=\\d+\nSTATUS=.*; reloading to generation 2");
		assertThat(Long.parseLong(begins.replaceAll("(?s).*USEC=(\\d+).*", "$1"))).isBetween(before,
				System.nanoTime() / 1000);
		Awaitility.await("a describe run")
			.atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> service.descendants()
				.stream()
				.map(service::environment)
				.anyMatch((names) -> names.contains(DESCRIBE_VARIABLE) && verifyNotInherited(names)));
		assertThat(manager.await(from, "READY=1")).endsWith("STATUS=2 of 2 workers ready, generation 2");
		assertThat(manager.messages().stream().skip(from).filter((message) -> message.startsWith("RELOADING=1")))
			.hasSize(1);
		verifyNotInherited(service);
	}

	/**
	 * The old master says who speaks next, and nothing more.
	 */
	private static long verifyUpgrade(PreforkService service, NotificationSocket manager) {
		int from = manager.messages().size();
		int line = service.signal("USR2");
		String pid = service.awaitLine(line, "upgrade succeeded: the new master pid=")
			.replaceAll(".* master pid=(\\d+) .*", "$1");
		manager.await(from, "MAINPID=" + pid);
		assertThat(service.awaitExit()).isZero();
		manager.awaitCount(manager.messages().size(), "WATCHDOG=1", 2);
		return Long.parseLong(pid);
	}

	/**
	 * The socket waits while the service is told to serve another port.
	 */
	private static void verifyComesBack(PreforkService service, ReleaseDirectory release, int port) throws IOException {
		int other = Sockets.freePort();
		int from = service.lines().size();
		release.release(CONFIGURATION.formatted(other));
		assertThat(service.reload("(succeeded|rolled back)")).contains("succeeded");
		verifyServes(service, other);
		service.awaitLine(from, "nobody accepts from the service manager's socket 127.0.0.1:" + port + " \\(web\\)");

		release.release(CONFIGURATION.formatted(port));
		assertThat(service.reload("(succeeded|rolled back)")).contains("succeeded");

		verifyServes(service, port);
		service.awaitRefused(other);
	}

	private static void verifyServes(PreforkService service, int port) {
		for (int i = 0; i < 20; i++) {
			HttpReply reply = Http.http11().get("http://127.0.0.1:" + port + "/pid");
			assertThat(service.readyWorkers()).containsValue(Long.parseLong(reply.body()));
		}
	}

	private static void verifyNotInherited(PreforkService service) {
		assertThat(service.readyWorkers()).hasSize(2);
		assertThat(service.readyWorkers().values()).allSatisfy((pid) -> {
			assertThat(service.environment(pid)).contains("PREFORK_WORKER_SLOT");
			verifyNotInherited(service.environment(pid));
		});
	}

	private static boolean verifyNotInherited(Set<String> environment) {
		assertThat(environment).doesNotContainAnyElementsOf(VARIABLES);
		return true;
	}

	private static HttpReply getPatiently(int port) {
		return Http.http11()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/pid"))
				.timeout(Duration.ofSeconds(PATIENCE_SECONDS))
				.build());
	}

}
