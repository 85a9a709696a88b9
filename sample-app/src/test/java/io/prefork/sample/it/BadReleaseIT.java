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
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.LoadClient;
import io.prefork.sample.it.support.LoadMode;
import io.prefork.sample.it.support.LoadResult;
import io.prefork.sample.it.support.LoadRun;
import io.prefork.sample.it.support.MixedLoad;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.ReleaseDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A bad release is rolled back while the old one serves. One service has to bear them
 * all, one after another.
 */
@TestInstance(Lifecycle.PER_CLASS)
class BadReleaseIT {

	private static final String CONFIGURATION = """
			server:
			  port: 0
			  http2.enabled: true
			prefork:
			  workers: 2
			  boot-timeout: 60s
			  graceful-timeout: 8s
			  reload.canary: 4s
			  jvm.options: -XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m
			""";

	private static final String GOOD = CONFIGURATION + "sample.version: good\n";

	private static final String BAD = CONFIGURATION + "sample.version: bad\n";

	private final ReleaseDirectory release;

	private final PreforkService service;

	BadReleaseIT(@TempDir Path directory) {
		this.release = ReleaseDirectory.in(directory).release(GOOD);
		this.service = PreforkService.builder().release(this.release).start();
	}

	@BeforeAll
	void start() {
		this.service.awaitReady();
	}

	@AfterAll
	void stop() {
		this.service.close();
	}

	@ParameterizedTest
	@CsvSource({ "at-start, exited with code 1", "answer-500, 500", "exit-after, exited with code 1" })
	void whenReleaseIsBadThenItIsRolledBackAndNoRequestFails(String fault, String reason) {
		assertThat(verifyRolledBack(BAD + "sample.fail: " + fault + "\nsample.fail-after: 2s\n", fault))
			.containsPattern(reason);
	}

	@Test
	@Tag("slow")
	void whenReleaseHangsThenItIsRolledBackAndNoRequestFails() {
		String hanging = BAD.replace("boot-timeout: 60s", "boot-timeout: 10s") + "sample.fail: hang-at-start\n";

		assertThat(verifyRolledBack(hanging, "hang-at-start")).contains("was not ready within 10 s");
	}

	@Test
	void whenPortIsTakenThenReleaseIsRolledBackAndNoRequestFails() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String port = Integer.toString(taken.getLocalPort());

			assertThat(verifyRolledBack(BAD.replace("port: 0", "port: " + port), "port taken")).contains(port);
		}
	}

	@Test
	void whenConfigurationIsBrokenThenReleaseIsRolledBackAndNoRequestFails() {
		assertThat(verifyRolledBack(BAD + "]: not YAML [\n", "broken YAML")).isNotBlank();
	}

	@Test
	void whenAnswersAreErrorsThenReleaseIsRolledBackAndNoRequestIsLost() {
		LoadRun load = LoadClient.against(this.service.port())
			.path("/hello")
			.mode(LoadMode.CONNECTION_PER_REQUEST)
			.requests(Long.MAX_VALUE)
			.rate(300)
			.limit(Duration.ofMinutes(3))
			.start()
			.awaitMoreOk(100);

		String verdict = reload(BAD + "sample.fail: hello-500\n");
		LoadResult result = load.awaitMoreOk(100).stop();

		System.out.println("hello-500: " + verdict + "; " + result);
		assertThat(verdict).contains("rolled back: ").containsIgnoringCase("error");
		assertThat(result.lost()).as(result::toString).isZero();
		assertThat(result.statusClass(5)).as(result::toString).isBetween(1L, result.total() / 2);
		verifyGood();
	}

	private String verifyRolledBack(String configuration, String what) {
		MixedLoad load = MixedLoad.clearText(this.service, "/version");

		String verdict = reload(configuration);
		load.awaitMoreOk(100).stopAndVerifyNoneFailed(what);

		System.out.println(what + ": " + verdict);
		assertThat(verdict).contains("rolled back: ");
		verifyGood();
		return verdict.substring(verdict.indexOf("rolled back: "));
	}

	private String reload(String configuration) {
		this.release.release(configuration);
		try {
			return this.service.reload("(succeeded|rolled back)");
		}
		finally {
			this.release.release(GOOD);
		}
	}

	private void verifyGood() {
		this.service.awaitReadySlots(2);
		this.service.awaitProcesses(2);
		for (int i = 0; i < 10; i++) {
			assertThat(Http.http11().get(this.service.url("/version")).body()).isEqualTo("good");
		}
	}

}
