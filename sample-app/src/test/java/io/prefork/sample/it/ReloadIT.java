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
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.MixedLoad;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.ReleaseDirectory;
import io.prefork.sample.it.support.Sockets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reloads bring what is new, whatever it is, and lose no request.
 */
class ReloadIT {

	private static final String CONFIGURATION = """
			server:
			  port: %d
			  http2.enabled: true
			prefork:
			  workers: %d
			  graceful-timeout: 8s
			  reload.canary: 1s
			  jvm.options: -XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m,-Dsample.mark=%s
			sample.version: %s
			""";

	private final ReleaseDirectory release;

	ReloadIT(@TempDir Path directory) {
		this.release = ReleaseDirectory.in(directory).release(CONFIGURATION.formatted(0, 2, "a", 1));
	}

	@Test
	void whenReloadedUnderLoadThenNewReleaseServesAndNoRequestFails() {
		try (PreforkService service = start()) {
			MixedLoad load = MixedLoad.clearText(service, "/version");

			this.release.release(CONFIGURATION.formatted(0, 2, "a", 2));
			assertThat(service.reload("(succeeded|rolled back)")).containsPattern("gen=2 succeeded in \\d+\\.\\d\\d s");
			load.awaitMoreOk(50);
			verifyVersion(service.url(""), "2");

			this.release.release(CONFIGURATION.formatted(0, 2, "a", 3));
			verifyThreeSignalsMakeTwoReloads(service);

			load.awaitMoreOk(50).stopAndVerifyNoneFailed("three reloads");
			assertThat(load.results()).allSatisfy((mode, result) -> assertThat(result.perBody()).as(result::toString)
				.containsOnlyKeys("1", "2", "3"));
			assertThat(service.fewestReady()).isGreaterThanOrEqualTo(2);
		}
	}

	@Test
	void whenWorkersPortAndJvmOptionsAreChangedThenReloadAppliesThem() throws IOException {
		try (PreforkService service = start()) {
			int port = Sockets.freePort();
			this.release.release(CONFIGURATION.formatted(port, 3, "b", 2));

			assertThat(service.reload("(succeeded|rolled back)")).contains("gen=2 succeeded");

			service.awaitReadySlots(3);
			verifyVersion("http://127.0.0.1:" + port, "2");
			assertThat(service.readyWorkers().values())
				.allSatisfy((pid) -> assertThat(service.commandLine(pid)).contains("-Dsample.mark=b"));
			service.awaitRefused(service.port());
		}
	}

	@Test
	void whenJarIsDamagedThenRunningWorkersAndReplacementsServe() {
		this.release.replaceJar();
		try (PreforkService service = start()) {
			MixedLoad load = MixedLoad.clearText(service, "/version");

			this.release.overwriteJar("no jar at all");
			load.awaitMoreOk(50);
			this.release.truncateJar(1000);
			load.awaitMoreOk(50);
			load.stopAndVerifyNoneFailed("jar overwritten and cut");
			killAndAwait(service, 0);
			this.release.deleteJar();
			killAndAwait(service, 1);

			verifyVersion(service.url(""), "1");
			this.release.replaceJar();
			this.release.release(CONFIGURATION.formatted(0, 2, "a", 2));
			assertThat(service.reload("(succeeded|rolled back)")).contains("succeeded");
			verifyVersion(service.url(""), "2");
		}
	}

	private void verifyThreeSignalsMakeTwoReloads(PreforkService service) {
		int from = service.signal("HUP");
		service.awaitLine(from, "reload gen=3 begins");
		service.signal("HUP");
		service.awaitLine(from, "reload already in progress; another is queued");
		service.signal("HUP");

		service.awaitLine(from, "reload gen=3 succeeded");
		service.awaitLine(from, "reload gen=4 succeeded");
		service.awaitReadySlots(2);
		assertThat(service.lines()).filteredOn((line) -> Pattern.matches(".*reload gen=\\d+ begins.*", line))
			.hasSize(3);
	}

	private PreforkService start() {
		PreforkService service = PreforkService.builder().release(this.release).start().awaitReady();
		verifyVersion(service.url(""), "1");
		return service;
	}

	private static void killAndAwait(PreforkService service, int slot) {
		long pid = service.readyWorker(slot);
		PreforkService.signal(pid, "KILL");
		service.awaitWorkerReady(slot, pid);
	}

	private static void verifyVersion(String url, String version) {
		for (int i = 0; i < 10; i++) {
			assertThat(Http.http11().get(url + "/version").body()).isEqualTo(version);
		}
	}

}
