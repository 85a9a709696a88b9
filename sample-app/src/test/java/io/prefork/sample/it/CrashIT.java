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
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.ReleaseDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers that end unasked are replaced and their end is explained, until there is no
 * point in it any more.
 */
class CrashIT {

	private static final String CONFIGURATION = """
			server.port: 0
			prefork:
			  workers: 2
			  boot-timeout: 10s
			  graceful-timeout: 8s
			  restart:
			    initial-delay: 100ms
			    max-delay: 2s
			    give-up-after: %s
			  jvm.options: -XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m
			sample.faults.enabled: true
			""";

	@TempDir
	private Path directory;

	@Test
	void whenWorkersEndThenTheReasonIsLoggedAndTheyAreReplaced() {
		ReleaseDirectory release = ReleaseDirectory.in(this.directory).release(CONFIGURATION.formatted("10m"));
		try (PreforkService service = PreforkService.builder().release(release).start().awaitReady()) {
			long killed = service.readyWorker(0);
			PreforkService.signal(killed, "KILL");
			awaitReplaced(service, 0, killed, "killed by signal 9 \\(KILL\\) \\(crash\\)");

			long terminated = service.readyWorker(1);
			PreforkService.signal(terminated, "TERM");
			awaitReplaced(service, 1, terminated, "exited with code 143 \\(left\\)");

			Http connection = Http.http11();
			long exited = Long.parseLong(connection.get(service.url("/pid")).body());
			int slot = (service.readyWorker(0) == exited) ? 0 : 1;
			connection.post(service.url("/faults/exit?code=7"), "");
			awaitReplaced(service, slot, exited, "exited with code 7 \\((crash|left)\\)");

			verifyBadBootIsTriedAgain(service, release, "hang-at-start", "boot-timeout");
			verifyBadBootIsTriedAgain(service, release, "at-start", "boot-failure");
			assertThat(Http.http11().get(service.url("/hello")).status()).isEqualTo(200);
			assertThat(service.isAlive()).isTrue();
		}
	}

	@Test
	void whenNoWorkerCanBootForLongThenMasterGivesUp() {
		ReleaseDirectory release = ReleaseDirectory.in(this.directory).release(CONFIGURATION.formatted("5s"));
		try (PreforkService service = PreforkService.builder().release(release).start().awaitReady()) {
			release.release(CONFIGURATION.formatted("5s") + "sample.fail: at-start\n");

			service.readyWorkers().values().forEach((pid) -> PreforkService.signal(pid, "KILL"));

			assertThat(service.awaitExit()).isEqualTo(70);
			assertThat(service.output()).contains("no worker has been ready for ")
				.containsPattern("exited with code 1 \\(boot-failure\\)")
				.contains("This release fails at its start");
			service.awaitNoProcessLeft();
			assertThat(release.path()).isDirectory();
		}
	}

	/**
	 * A release that can't boot is tried again, until it can.
	 * @param service the service
	 * @param release its directory
	 * @param fault what keeps it from booting
	 * @param reason what that is called
	 */
	private static void verifyBadBootIsTriedAgain(PreforkService service, ReleaseDirectory release, String fault,
			String reason) {
		int from = service.lines().size();
		release.release(CONFIGURATION.formatted("10m") + "sample.fail: " + fault + "\n");
		long killed = service.readyWorker(0);
		PreforkService.signal(killed, "KILL");
		service.awaitLine(from, "worker=0 gen=1 pid=\\d+ (exited|killed) .*\\(" + reason + "\\)");

		release.release(CONFIGURATION.formatted("10m"));
		service.awaitWorkerReady(0, killed);
	}

	private static void awaitReplaced(PreforkService service, int slot, long pid, String end) {
		service.awaitLine(Pattern.compile("worker=" + slot + " gen=1 pid=" + pid + " " + end));
		service.awaitWorkerReady(slot, pid);
	}

}
