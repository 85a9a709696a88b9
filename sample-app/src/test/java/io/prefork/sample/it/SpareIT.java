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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import io.prefork.sample.it.support.MixedLoad;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A spare takes the place of a lost worker without a start.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SpareIT {

	private static final Pattern TAKES_OVER = Pattern
		.compile("worker=(\\d+) gen=1 pid=(\\d+) ready: takes over from spare \\d+ after (\\d+) ms without a worker");

	/**
	 * Far more than a gap takes on a busy machine, far less than a start.
	 */
	private static final int LONGEST_GAP_MILLIS = 1000;

	private final PreforkService service = PreforkService.builder()
		.args("--prefork.workers=2", "--prefork.spares=1", "--prefork.timeout=3s", "--prefork.graceful-timeout=5s",
				"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m")
		.start();

	@BeforeAll
	void start() {
		this.service.awaitReady();
	}

	@BeforeEach
	void awaitWorkersAndSpare() {
		this.service.awaitReadySlots(2);
		this.service.awaitProcesses(3);
		awaitSpareBesideWorkers();
	}

	@AfterAll
	void stop() {
		this.service.close();
	}

	@Test
	void whenWorkerIsKilledThenSpareTakesOverAtOnceAndIsRefilled() {
		MixedLoad load = MixedLoad.http11(this.service, "/pid", 100);
		int from = this.service.lines().size();
		long spare = awaitSpareBesideWorkers();

		PreforkService.signal(this.service.readyWorker(0), "KILL");

		Matcher takeOver = awaitTakeOver(from);
		load.awaitMoreOk(100).stop("worker killed, gap of " + takeOver.group(3) + " ms");
		assertThat(takeOver.group(1)).isEqualTo("0");
		assertThat(takeOver.group(2)).isEqualTo(Long.toString(spare));
		assertThat(Integer.parseInt(takeOver.group(3))).isLessThan(LONGEST_GAP_MILLIS);
		assertThat(load.failed()).as(load.results()::toString).isLessThanOrEqualTo(load.clients());
		this.service.awaitLine(from, "spare=\\d+ gen=1 pid=\\d+ .*waits as a spare");
		this.service.awaitProcesses(3);
	}

	@Test
	void whenWorkerHangsThenSpareTakesOver() {
		long hung = this.service.readyWorker(1);
		int from = this.service.lines().size();

		PreforkService.signal(hung, "STOP");

		this.service.awaitLine(from, "pid=" + hung + " is silent for .* and is replaced");
		Matcher takeOver = awaitTakeOver(from);
		assertThat(takeOver.group(1)).isEqualTo("1");
		this.service.awaitLine(from, "pid=" + hung + " (exited|killed) .*\\(hang\\)");
		assertThat(this.service.readyWorkers()).doesNotContainValue(hung);
	}

	private Matcher awaitTakeOver(int from) {
		Matcher takeOver = TAKES_OVER.matcher(this.service.awaitLine(from, TAKES_OVER.pattern()));
		assertThat(takeOver.find()).isTrue();
		return takeOver;
	}

	/**
	 * Wait until the third process, which is no worker of a slot, has said that it waits.
	 * @return its pid
	 */
	private long awaitSpareBesideWorkers() {
		long spare = this.service.descendants()
			.stream()
			.filter((pid) -> !this.service.readyWorkers().containsValue(pid))
			.findFirst()
			.orElseThrow();
		this.service.awaitLine(Pattern.compile("spare=\\d+ gen=1 pid=" + spare + " .*waits as a spare"));
		return spare;
	}

}
