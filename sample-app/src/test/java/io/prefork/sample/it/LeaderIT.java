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
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.application.jobs.JobsApplication;
import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One worker leads, whatever happens to it: what must run once at a time never runs in
 * two, and goes on in the next one.
 */
class LeaderIT {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static final Pattern ACTIVITY = Pattern.compile("(begin|end) (\\w+) (\\d+)");

	private static final Pattern LEADER = Pattern
		.compile("\"pid\":(\\d+),\"incarnation\":\\d+,\"generation\":\\d+,\"leader\":true");

	private static final Pattern SUCCEEDED = Pattern.compile("upgrade succeeded: the new master pid=(\\d+) serves");

	@TempDir
	private Path directory;

	/**
	 * Those whose activities may have no end.
	 */
	private final Set<String> killed = new HashSet<>();

	@Test
	void whenTheLeaderLeavesDiesOrHangsThenAnotherOneFollowsAndNothingRunsTwice() {
		try (PreforkService service = start("--prefork.timeout=3s", "--prefork.reload.canary=1s")) {
			long first = leader(service, -1);
			assertThat(leaders(service)).containsExactly(first);

			kill(first, "KILL");
			long second = leader(service, first);
			service.reload("succeeded");
			long third = leader(service, second);
			kill(third, "STOP");
			long fourth = leader(service, third);
			service.awaitReadySlots(2);
			assertThat(leaders(service)).containsExactly(fourth);

			service.signal("USR2");
			Matcher upgraded = SUCCEEDED.matcher(service.awaitLine(SUCCEEDED));
			assertThat(upgraded.find()).isTrue();
			leader(service, fourth);
			assertThat(service.awaitExit()).isZero();
			PreforkService.signal(Long.parseLong(upgraded.group(1)), "TERM");
			service.awaitNoProcessLeft();
		}
		verifyNothingRanTwice();
		assertThat(pids("every")).hasSizeGreaterThan(6);
		assertThat(pids("once")).hasSize(1);
		assertThat(pids("always")).isEqualTo(pids("every"));
		assertThat(pids("begin consumer")).isEqualTo(pids("begin tick")).isEqualTo(pids("begin leadership"));
	}

	@Test
	void whenEachGenerationInitializesThenItsFirstWorkerRunsWhatRunsOnce() {
		try (PreforkService service = start("--prefork.reload.canary=0s", "--prefork.initializer.scope=generation")) {
			assertThat(pids("once")).hasSize(1);

			service.reload("succeeded");

			assertThat(pids("once")).hasSize(2);
			assertThat(pids("always")).hasSize(4);
		}
	}

	@Test
	void whenAllWorkersScheduleThenTheyDo() {
		try (PreforkService service = start("--prefork.leader.scheduling=all")) {
			Awaitility.await().atMost(LIMIT).until(() -> pids("begin tick").size() == 2);
			assertThat(service.readyWorkers()).hasSize(2);
			assertThat(pids("begin consumer")).hasSize(1);
		}
	}

	private PreforkService start(String... args) {
		return PreforkService.builder()
			.testApplication(JobsApplication.class)
			.args("--prefork.enabled=true", "--prefork.workers=2", "--prefork.preload.enabled=false",
					"--prefork.graceful-timeout=5s", "--journal=" + file(),
					"--management.endpoints.web.exposure.include=workers")
			.args(args)
			.start()
			.awaitReady();
	}

	private void kill(long pid, String signal) {
		this.killed.add(Long.toString(pid));
		PreforkService.signal(pid, signal);
	}

	/**
	 * Wait until somebody else leads, and its jobs run.
	 */
	private long leader(PreforkService service, long otherThan) {
		Awaitility.await().atMost(LIMIT).until(() -> last("end tick") > 0 && last("end tick") != otherThan);
		long leader = last("end tick");
		service.awaitLine(Pattern.compile("pid=" + leader + " leader$"));
		return leader;
	}

	private static List<Long> leaders(PreforkService service) {
		return LEADER.matcher(Http.http11().get(service.url("/actuator/workers")).body())
			.results()
			.map((result) -> Long.parseLong(result.group(1)))
			.toList();
	}

	private void verifyNothingRanTwice() {
		Set<String> open = new TreeSet<>();
		for (String line : journal()) {
			Matcher activity = ACTIVITY.matcher(line);
			if (activity.matches()) {
				String what = activity.group(2) + " " + activity.group(3);
				if (activity.group(1).equals("begin")) {
					assertThat(open).as("still under way when there is " + line)
						.allMatch((other) -> other.endsWith(" " + activity.group(3)) || isKilled(other));
					assertThat(open.add(what)).as(line).isTrue();
				}
				else {
					assertThat(open.remove(what)).as(line).isTrue();
				}
			}
		}
		assertThat(open).allMatch(this::isKilled);
	}

	private boolean isKilled(String activity) {
		return this.killed.stream().anyMatch((pid) -> activity.endsWith(" " + pid));
	}

	private long last(String what) {
		return journal().stream()
			.filter((line) -> line.startsWith(what + " "))
			.reduce((one, other) -> other)
			.map((line) -> Long.parseLong(line.substring(what.length() + 1)))
			.orElse(0L);
	}

	private Set<String> pids(String what) {
		Set<String> pids = new TreeSet<>();
		journal().stream()
			.filter((line) -> line.startsWith(what + " "))
			.forEach((line) -> pids.add(line.substring(what.length() + 1)));
		return pids;
	}

	private List<String> journal() {
		try {
			return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path file() {
		return this.directory.resolve("journal");
	}

}
