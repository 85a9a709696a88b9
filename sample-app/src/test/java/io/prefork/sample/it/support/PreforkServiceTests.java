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

package io.prefork.sample.it.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link PreforkService} with shell scripts as masters.
 */
class PreforkServiceTests {

	private static final String TWO_WORKERS = """
			sleep 300 & one=$!
			sleep 300 & two=$!
			echo "INFO - worker=0 gen=1 pid=$one starting"
			echo "INFO - worker=0 gen=1 pid=$one ready in 3.2 s"
			echo "INFO - worker=1 gen=1 pid=$two ready in 3.3 s" >&2
			echo "INFO - ready address=0.0.0.0:8080, [::]:9090 workers=2 gen=1 in 4.32 s"
			""";

	@Test
	void whenMasterIsReadyThenAddressesAndWorkersAreKnown() {
		try (PreforkService service = script(TWO_WORKERS + "wait").start().awaitReady()) {

			assertThat(service.port()).isEqualTo(8080);
			assertThat(service.addresses()).containsExactly("0.0.0.0:8080", "[::]:9090");
			assertThat(service.url("/pid")).isEqualTo("http://127.0.0.1:8080/pid");
			assertThat(service.readyWorkers()).containsOnlyKeys(0, 1);
			assertThat(service.descendants()).containsExactlyInAnyOrderElementsOf(service.readyWorkers().values());
			assertThat(service.awaitWorkerReady(1, 0)).isEqualTo(service.readyWorkers().get(1));
		}
	}

	@Test
	void whenWorkersLeaveThenTheyAreNotReady() {
		List<String> lines = List.of("worker=0 gen=1 pid=10 ready in 3.2 s", "worker=1 gen=1 pid=11 ready in 3.2 s",
				"worker=2 gen=1 pid=12 ready in 3.2 s", "worker=3 gen=1 pid=13 ready in 3.2 s",
				"worker=0 gen=2 pid=20 ready in 3.2 s", "worker=0 gen=1 pid=10 draining",
				"worker=1 gen=1 pid=11 exited with code 143", "worker=2 gen=1 pid=12 killed by signal 9 (KILL)",
				"worker=4 gen=1 pid=14 starting");

		assertThat(WorkerLog.readyWorkers(lines)).containsExactly(entry(0, 20L), entry(3, 13L));
	}

	@Test
	void whenNewWorkerOfSlotLeavesAgainThenTheOldOneIsReady() {
		List<String> lines = List.of("worker=0 gen=1 pid=10 ready in 3.2 s",
				"ready address=0.0.0.0:8080 workers=1 gen=1 in 4.32 s", "worker=0 gen=2 pid=20 starting",
				"worker=0 gen=2 pid=20 ready in 3.2 s", "worker=0 gen=2 pid=20 draining",
				"worker=0 gen=2 pid=20 exited with code 1 (reload)");

		assertThat(WorkerLog.readyWorkers(lines.subList(0, 4))).containsExactly(entry(0, 20L));
		assertThat(WorkerLog.readyWorkers(lines)).containsExactly(entry(0, 10L));
		assertThat(WorkerLog.fewestReady(lines)).isEqualTo(1);
	}

	@Test
	void whenOldWorkerDrainsBesideTheNewOneThenBothAreAlive() {
		List<String> lines = List.of("worker=0 gen=1 pid=10 starting", "worker=0 gen=1 pid=10 ready in 3.2 s",
				"worker=0 gen=1 pid=10 draining", "worker=0 gen=2 pid=20 starting", "worker=0 gen=1 pid=10 drained",
				"worker=0 gen=1 pid=10 exited with code 143 (reload)", "worker=0 gen=2 pid=20 killed by signal 9",
				"worker=0 gen=2 pid=21 starting");

		assertThat(WorkerLog.mostAlive(lines)).isEqualTo(2);
		assertThat(WorkerLog.mostAlive(lines.subList(0, 3))).isEqualTo(1);
	}

	@Test
	void whenSpareTakesOverThenItIsReady() {
		List<String> lines = List.of("worker=0 gen=1 pid=10 ready in 3.2 s",
				"ready address=0.0.0.0:8080 workers=1 gen=1 in 4.32 s", "spare=0 gen=1 pid=11 waits as a spare",
				"worker=0 gen=1 pid=10 killed by signal 9 (KILL) (crash)",
				"worker=0 gen=1 pid=11 ready: takes over from spare 0 after 12 ms without a worker in the slot");

		assertThat(WorkerLog.isAboutProcess(lines.get(2))).isTrue();
		assertThat(WorkerLog.readyWorkers(lines)).containsExactly(entry(0, 11L));
		assertThat(WorkerLog.fewestReady(lines)).isZero();
	}

	@Test
	void whenReleaseIsUsedThenItsConfigurationSaysThePort(@TempDir Path directory) throws IOException {
		Files.writeString(directory.resolve("sample-app.jar"), "the application");
		ReleaseDirectory release = ReleaseDirectory.in(directory);

		release.release("sample.version: 1").release("sample.version: 2");
		release.overwriteJar("THE");
		release.truncateJar(5);

		assertThat(PreforkService.builder().release(release).commandLine()).contains(release.jar().toString())
			.doesNotContain("--server.port=0");
		assertThat(directory.resolve("application.yml")).hasContent("sample.version: 2");
		assertThat(release.jar()).hasContent("THE a");
		release.deleteJar();
		assertThat(release.jar()).doesNotExist();
	}

	@Test
	void whenServiceIsClosedThenAllItsProcessesAreGone() {
		PreforkService service = script(TWO_WORKERS + "wait").start().awaitReady();
		List<Long> workers = List.copyOf(service.readyWorkers().values());

		service.close();

		assertThat(service.isAlive()).isFalse();
		assertThat(workers).hasSize(2).noneMatch(Family::isRunning);
		service.awaitNoProcessLeft();
	}

	@Test
	void whenMasterLeavesOrphansThenTheyAreFoundAndKilled() {
		PreforkService service = script(TWO_WORKERS + "exit 7").start().awaitReady();
		List<Long> workers = List.copyOf(service.readyWorkers().values());

		assertThat(service.awaitExit()).isEqualTo(7);
		assertThat(workers).hasSize(2).allMatch(Family::isRunning);

		service.close();

		assertThat(workers).noneMatch(Family::isRunning);
	}

	@Test
	void whenMasterDiesThenWaitingFailsAtOnceWithItsOutput() {
		try (PreforkService service = script("echo what went wrong; exit 3").start()) {

			assertThatExceptionOfType(AssertionError.class).isThrownBy(service::awaitReady)
				.withMessageContainingAll("gone with exit code 3", "what went wrong", "bash");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> service.awaitLine("never"));
			assertThat(service.awaitLine("what")).isEqualTo("what went wrong");
		}
	}

	@Test
	void whenLineDoesNotComeThenWaitingTimesOut() {
		try (PreforkService service = script("echo first; sleep 300").start()) {

			assertThat(service.awaitLine("fir")).isEqualTo("first");
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> service.awaitLine(1, Pattern.compile("first"), Duration.ofMillis(200)))
				.withMessageContaining("alive");
		}
	}

	@Test
	void whenGroupIsSignalledThenMasterAndWorkersGetIt() {
		String master = """
				trap 'exit 5' INT
				worker='trap "echo worker interrupted; exit" INT; echo up; sleep 300 & wait'
				env --default-signal=INT bash -c "$worker" &
				wait
				""";
		try (PreforkService service = script(master).ownSession().start()) {
			service.awaitLine("up");

			service.signalGroup("INT");

			assertThat(service.awaitExit()).isEqualTo(5);
			assertThat(service.awaitLine("worker interrupted")).isNotEmpty();
		}
	}

	@Test
	void whenServiceIsNotInItsOwnSessionThenGroupIsNotSignalled() {
		try (PreforkService service = script("sleep 300").start()) {

			assertThatIllegalStateException().isThrownBy(() -> service.signalGroup("INT"));
		}
	}

	@Test
	void whenSignalKillsMasterThenExitCodeTellsWhich() {
		try (PreforkService service = script("echo up; exec sleep 300").start()) {
			service.awaitLine("up");

			service.terminate();

			assertThat(service.awaitExit()).isEqualTo(143);
			service.awaitNoProcessLeft();
		}
	}

	@Test
	void whenPortIsGivenThenDefaultIsLeftOut() {
		assertThat(script("x").commandLine()).contains("--server.port=0");
		assertThat(script("x").args("--server.port=8080").commandLine()).contains("--server.port=8080")
			.doesNotContain("--server.port=0");
	}

	private static PreforkServiceBuilder script(String script) {
		return PreforkService.builder().command(List.of("bash", "-c", script, "master"));
	}

}
