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

package io.prefork.launcher.notify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServiceManager} with real datagram sockets.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServiceManagerTests {

	private static final long PID = 4711;

	private final List<String> warnings = new CopyOnWriteArrayList<>();

	@TempDir
	private Path directory;

	@Test
	void whenServiceManagerIsToldThenItReadsTheProtocol() throws InterruptedException {
		try (NotificationReceiver receiver = new NotificationReceiver(path()); ServiceManager manager = manager()) {
			manager.status("1 of 2 workers ready");
			manager.ready("2 of 2 workers ready");
			manager.stopping("stopping", Duration.ofSeconds(45));

			assertThat(receiver.next()).isEqualTo("STATUS=1 of 2 workers ready");
			assertThat(receiver.next()).isEqualTo("READY=1\nSTATUS=2 of 2 workers ready");
			assertThat(receiver.next()).isEqualTo("STOPPING=1\nEXTEND_TIMEOUT_USEC=45000000\nSTATUS=stopping");
			assertThat(this.warnings).isEmpty();
		}
	}

	@Test
	void whenReloadBeginsThenItsTimeIsThatOfTheMonotonicClock() throws Exception {
		try (NotificationReceiver receiver = new NotificationReceiver(path()); ServiceManager manager = manager()) {
			double before = uptime();

			manager.reloading("reloading");

			String message = receiver.next();
			assertThat(message).matches("RELOADING=1\nMONOTONIC_USEC=\\d+\nSTATUS=reloading");
			long micros = Long.parseLong(message.replaceAll("(?s).*USEC=(\\d+).*", "$1"));
			assertThat(micros / 1e6).isBetween(before - 1, uptime() + 1);
		}
	}

	@Test
	void whenStatusHasSeveralLinesThenItCanNotBeTakenForAnAssignment() throws InterruptedException {
		try (NotificationReceiver receiver = new NotificationReceiver(path()); ServiceManager manager = manager()) {
			manager.status("worker=0\nSTOPPING=1");

			assertThat(receiver.next()).isEqualTo("STATUS=worker=0 STOPPING=1");
		}
	}

	@Test
	void whenSocketHasAnAbstractNameThenItIsFound() throws InterruptedException {
		String name = "@prefork-" + UUID.randomUUID();
		try (NotificationReceiver receiver = new NotificationReceiver(name);
				ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", name))) {
			manager.ready("");

			assertThat(receiver.next()).startsWith("READY=1\n");
		}
	}

	@Test
	void whenNobodyAsksThenNothingIsDone() {
		try (ServiceManager manager = manager(Map.of("WATCHDOG_USEC", "1000000"))) {
			manager.ready("");

			assertThat(manager.signOfLife()).isNull();
			assertThat(this.warnings).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "vsock:2:1234", "relative/path", "@" })
	void whenAddressIsOfAnotherKindThenThatIsAWarning(String address) {
		try (ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", address))) {
			manager.ready("");

			assertThat(this.warnings).singleElement().asString().contains("NOTIFY_SOCKET=" + address);
		}
	}

	@Test
	void whenNobodyListensThenThatIsOneWarning() {
		try (ServiceManager manager = manager()) {
			manager.ready("");
			manager.status("");
			manager.stopping("", Duration.ZERO);

			assertThat(this.warnings).singleElement().asString().contains(path());
		}
	}

	@Test
	void whenServiceManagerComesBackThenItIsToldAgain() throws Exception {
		try (ServiceManager manager = manager()) {
			try (NotificationReceiver first = new NotificationReceiver(path())) {
				manager.status("one");
				assertThat(first.next()).isEqualTo("STATUS=one");
			}
			manager.status("lost");
			Awaitility.await().until(() -> !this.warnings.isEmpty());
			Files.delete(Path.of(path()));
			try (NotificationReceiver second = new NotificationReceiver(path())) {
				manager.status("two");

				assertThat(second.next()).isEqualTo("STATUS=two");
				assertThat(this.warnings).hasSize(1);
			}
		}
	}

	@Test
	void whenServiceManagerIsBusyThenNobodyWaitsAndNothingIsLost() throws Exception {
		int more = queueLength() + 20;
		try (NotificationReceiver receiver = new NotificationReceiver(path()); ServiceManager manager = manager()) {
			receiver.reading(false);
			for (int i = 0; i < more; i++) {
				manager.status("" + i);
			}

			receiver.reading(true);

			for (int i = 0; i < more; i++) {
				assertThat(receiver.next()).isEqualTo("STATUS=" + i);
			}
		}
	}

	@Test
	void whenServiceManagerNeverReadsThenClosingEnds() throws IOException {
		int more = queueLength() + 20;
		try (NotificationReceiver receiver = new NotificationReceiver(path())) {
			receiver.reading(false);
			ServiceManager manager = manager();
			for (int i = 0; i < more; i++) {
				manager.status("" + i);
			}

			manager.close();

			manager.status("not sent");
		}
	}

	@Test
	void whenAnotherProcessIsTheServiceThenThisOneIsSilent() throws InterruptedException {
		try (NotificationReceiver receiver = new NotificationReceiver(path());
				ServiceManager manager = manager();
				ServiceManager other = manager()) {
			manager.mainPid(12);
			manager.stopping("stopping", Duration.ofSeconds(45));
			other.ready("");

			assertThat(receiver.next()).isEqualTo("MAINPID=12");
			assertThat(receiver.next()).startsWith("READY=1");
		}
	}

	@Test
	void whenWatchdogIsWantedThenFirstSignOfLifeIsDueAtOnce() throws InterruptedException {
		try (NotificationReceiver receiver = new NotificationReceiver(path());
				ServiceManager manager = manager(
						Map.of("NOTIFY_SOCKET", path(), "WATCHDOG_USEC", "600000000", "WATCHDOG_PID", "" + PID))) {
			Duration first = manager.signOfLife();
			Duration second = manager.signOfLife();
			manager.status("");

			assertThat(first).isEqualTo(Duration.ofMinutes(5));
			assertThat(second).isPositive().isLessThan(first);
			assertThat(receiver.next()).isEqualTo("WATCHDOG=1");
			assertThat(receiver.next()).isEqualTo("STATUS=");
		}
	}

	private ServiceManager manager() {
		return manager(Map.of("NOTIFY_SOCKET", path()));
	}

	private ServiceManager manager(Map<String, String> environment) {
		return ServiceManager.from(environment, PID, this.warnings::add);
	}

	private String path() {
		return this.directory.resolve("notify").toString();
	}

	/**
	 * How long the system is up, in seconds.
	 */
	private static double uptime() throws IOException {
		return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).replaceFirst(" .*\\s*", ""));
	}

	private static int queueLength() throws IOException {
		return Integer.parseInt(Files.readString(Path.of("/proc/sys/net/unix/max_dgram_qlen")).strip());
	}

}
