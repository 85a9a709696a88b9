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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.MixedLoad;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.ReleaseDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new master takes over, from a living one or from the workers of a dead one.
 */
class UpgradeIT {

	private static final String CONFIGURATION = """
			server:
			  port: 0
			  http2.enabled: true
			prefork:
			  workers: 2
			  graceful-timeout: 8s
			  run-dir: %s
			  pid-file: %s
			  on-master-loss: wait
			  jvm.options: -XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m
			sample.version: %d
			""";

	private static final Pattern SUCCEEDED = Pattern.compile("upgrade succeeded: the new master pid=(\\d+) serves");

	private static final String FAILED = "upgrade failed, this master goes on: the new master pid=\\d+ ";

	private final Path runDirectory;

	private final Path pidFile;

	private final ReleaseDirectory release;

	UpgradeIT(@TempDir Path directory) {
		this.runDirectory = directory.resolve("run");
		this.pidFile = directory.resolve("app.pid");
		this.release = ReleaseDirectory.in(directory).release(configuration(1));
	}

	@Test
	void whenMasterIsUpgradedTwiceUnderLoadThenNewReleaseServesAndNoRequestFails() {
		try (PreforkService service = start()) {
			MixedLoad load = MixedLoad.clearText(service, "/version");

			long second = upgrade(service, service.pid(), 2);
			assertThat(service.awaitExit()).isZero();
			load.awaitMoreOk(50);
			long third = upgrade(service, second, 3);
			service.awaitLine("master pid=" + second + " handed over to the new master");

			load.awaitMoreOk(100).stopAndVerifyNoneFailed("two upgrades");
			assertThat(this.pidFile).hasContent(Long.toString(third));
			assertThat(Http.http11().get(service.url("/version")).body()).isEqualTo("3");
			PreforkService.signal(third, "TERM");
			service.awaitNoProcessLeft();
			assertThat(this.runDirectory).isEmptyDirectory();
			assertThat(this.pidFile).doesNotExist();
		}
	}

	@Test
	void whenNewMasterFailsThenOldOneServesAndNoRequestFails() {
		try (PreforkService service = start()) {
			MixedLoad load = MixedLoad.clearText(service, "/version");

			verifyFails(service, configuration(2) + "]: not YAML [\n", "exited with code 1");
			verifyFails(service, configuration(2) + "sample.fail: at-start\n", "exited with code 3");
			load.awaitMoreOk(50).stopAndVerifyNoneFailed("failed upgrades");

			assertThat(Http.http11().get(service.url("/version")).body()).isEqualTo("1");
			assertThat(this.pidFile).hasContent(Long.toString(service.pid()));
			service.awaitProcesses(2);
			verifyStopEndsUpgrade(service);
		}
	}

	@Test
	void whenMasterIsKilledThenWorkersServeUntilNewOneTakesOverAndNoRequestFails() {
		try (PreforkService dead = start()) {
			MixedLoad load = MixedLoad.clearText(dead, "/version");
			PreforkService.signal(dead.pid(), "KILL");
			dead.awaitLine(Pattern.compile("worker=1 .* serves on and waits for a new one"));
			load.awaitMoreOk(100);

			this.release.release(configuration(2));
			try (PreforkService service = start()) {
				dead.awaitNoProcessLeft();
				load.awaitMoreOk(100).stopAndVerifyNoneFailed("kill -9 of the master");

				assertThat(service.port()).isEqualTo(dead.port());
				assertThat(load.results()).allSatisfy(
						(mode, result) -> assertThat(result.perBody()).as(result::toString).containsOnlyKeys("1", "2"));
				service.terminate();
				assertThat(service.awaitExit()).isZero();
				assertThat(this.runDirectory).isEmptyDirectory();
			}
		}
	}

	@Test
	@Tag("slow")
	void whenWorkersOfDeadMasterDoNotAnswerThenNewOneKillsThem() {
		try (PreforkService dead = start()) {
			List<Long> workers = List.copyOf(dead.readyWorkers().values());
			PreforkService.signal(dead.pid(), "KILL");
			dead.awaitLine(Pattern.compile("worker=1 .* serves on and waits for a new one"));
			workers.forEach((pid) -> PreforkService.signal(pid, "STOP"));

			try (PreforkService service = start()) {
				dead.awaitNoProcessLeft();

				assertThat(service.output())
					.contains("worker pid=" + workers.get(0) + " of the last master does not answer and is killed");
				assertThat(Http.http11().get(service.url("/version")).body()).isEqualTo("1");
			}
		}
	}

	private long upgrade(PreforkService service, long master, int version) {
		this.release.release(configuration(version));
		int from = service.lines().size();
		PreforkService.signal(master, "USR2");
		Matcher matcher = SUCCEEDED.matcher(service.awaitLine(from, SUCCEEDED.pattern()));
		assertThat(matcher.find()).isTrue();
		return Long.parseLong(matcher.group(1));
	}

	private void verifyFails(PreforkService service, String configuration, String reason) {
		this.release.release(configuration);
		List<String> before = files();
		int from = service.signal("USR2");
		service.awaitLine(from, FAILED + reason);
		assertThat(files()).as("what a failed upgrade leaves").isEqualTo(before);
		this.release.release(configuration(1));
	}

	private List<String> files() {
		try (Stream<Path> files = Files.walk(this.runDirectory)) {
			return files.map(Path::toString).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void verifyStopEndsUpgrade(PreforkService service) {
		int from = service.signal("USR2");
		service.awaitLine(from, "upgrade: the new master pid=\\d+ is starting");
		service.signal("USR2");
		service.awaitLine(from, "upgrade refused: the new master pid=\\d+ is starting");
		service.awaitLine(from, "worker=0 gen=1 pid=\\d+ starting");
		service.terminate();
		assertThat(service.awaitExit()).isZero();
		service.awaitNoProcessLeft();
	}

	private PreforkService start() {
		return PreforkService.builder().release(this.release).start().awaitReady();
	}

	private String configuration(int version) {
		return CONFIGURATION.formatted(this.runDirectory, this.pidFile, version);
	}

}
