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

package io.prefork.launcher.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.contract.Distribution;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MasterLoop} and what it works with: everything is real but the edges.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class MasterLoopTests {

	private static final WorkerId FIRST = new WorkerId(0, 1);

	private static final WorkerId SECOND = new WorkerId(1, 1);

	@AutoClose
	private final MasterOnFakes master;

	MasterLoopTests(@TempDir Path directory) throws IOException {
		this.master = new MasterOnFakes(directory);
	}

	@Test
	void whenWorkersAreReadyThenTheyAcceptAndTheServiceIsAnnounced() {
		this.master.start();

		this.master.ready(FIRST);
		this.master.ready(SECOND);

		assertThat(this.master.control.session(FIRST).sent()).contains(new FromMaster.Accept(0));
		assertThat(this.master.log.lines()).anyMatch((line) -> line.matches("INFO worker=0 gen=1 pid=1001 ready in .*"))
			.anyMatch((line) -> line.startsWith("INFO ready address=127.0.0.1:8080 workers=2 gen=1 in "));
		assertThat(this.master.manager.told()).contains("ready: 2 of 2 workers ready, generation 1");
	}

	@Test
	void whenWorkersBootThenOnlyThoseSomebodyWaitsForGetAllTheCpuTime() {
		this.master.start();
		assertThat(this.master.processes.worker(FIRST).isAwaited()).isTrue();
		assertThat(this.master.processes.worker(SECOND).isAwaited()).isFalse();

		this.master.ready(FIRST);
		assertThat(this.master.processes.worker(SECOND).isAwaited()).isTrue();

		this.master.ready(SECOND);
		this.master.recycle(1);
		WorkerId third = new WorkerId(1, 2);
		assertThat(this.master.processes.worker(third).isAwaited()).isFalse();
		this.master.end(SECOND);
		assertThat(this.master.processes.worker(third).isAwaited()).isTrue();
	}

	@Test
	void whenWorkersAskForTheSameAddressThenTheyGetTheSameSocket() {
		this.master.start();
		this.master.listen(FIRST, MasterOnFakes.ADDRESS);
		this.master.listen(SECOND, MasterOnFakes.ADDRESS);

		assertThat(this.master.control.session(FIRST).descriptors())
			.isEqualTo(this.master.control.session(SECOND).descriptors())
			.hasSize(1);
		assertThat(this.master.control.session(FIRST).sent())
			.contains(new FromMaster.Listening(1, Distribution.SHARED));
	}

	@Test
	void whenAddressCanNotBeBoundAtTheStartThenTheMasterEnds() {
		this.master.listeners.fail("127.0.0.1:8080 can't be bound: the port is in use");
		this.master.start();

		this.master.listen(FIRST, MasterOnFakes.ADDRESS);
		this.master.end(FIRST, SECOND);

		assertThat(this.master.run()).isEqualTo(4);
		assertThat(this.master.log.lines()).last()
			.isEqualTo("SEVERE 127.0.0.1:8080 can't be bound: the port is in use");
	}

	@Test
	void whenAddressCanNotBeBoundLaterThenOnlyTheWorkerIsTold() {
		this.master.start();
		this.master.ready(FIRST);
		this.master.listeners.fail("in use");

		this.master.listen(SECOND, MasterOnFakes.ADDRESS);

		assertThat(this.master.control.session(SECOND).sent()).containsExactly(new FromMaster.Refused(1, "in use"));
		assertThat(this.master.listeners.stops()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "unix:/tmp/a\0b", "unix:" })
	void whenAddressMakesNoSenseThenOnlyTheWorkerIsTold(String host) {
		this.master.start();
		this.master.ready(FIRST);

		this.master.received(SECOND, new FromWorker.Listen(3, host, 0, 0));

		assertThat(this.master.control.session(SECOND).sent()).singleElement()
			.asInstanceOf(InstanceOfAssertFactories.type(FromMaster.Refused.class))
			.satisfies((refused) -> assertThat(refused.request()).isEqualTo(3));
	}

	@Test
	void whenWorkerAsksForListenersWithoutEndThenItIsRefused() {
		this.master.start();
		this.master.ready(FIRST);

		for (int port = 1; port <= 100; port++) {
			this.master.received(SECOND, new FromWorker.Listen(port, "127.0.0.1", port, 0));
		}

		assertThat(this.master.listeners.descriptors()).hasSizeLessThan(70);
		assertThat(this.master.control.session(SECOND).sent()).last()
			.isEqualTo(new FromMaster.Refused(100, "a worker may ask for 64 listeners at most"));
	}

	@Test
	void whenTaskFailsThenTheMasterGoesOn() {
		this.master.start();
		this.master.ready(FIRST);

		this.master.mailbox.post((loop) -> {
			throw new NoClassDefFoundError("a.B");
		});
		this.master.mailbox.post((loop) -> loop.end(7));

		assertThat(this.master.run()).isEqualTo(7);
		assertThat(this.master.log.lines())
			.contains("SEVERE a task of the master failed, and the master goes on; please report this");
	}

	@Test
	void whenNoProcessCanBeStartedThenTheReasonIsTheLastWord() {
		this.master.processes.fail("error=24, Too many open files");

		this.master.start();

		assertThat(this.master.run()).isEqualTo(3);
		assertThat(this.master.log.lines()).last()
			.asString()
			.startsWith("SEVERE no worker of the first generation could boot; worker=")
			.contains("could not be started: error=24, Too many open files", "ulimit -n");
	}

	@Test
	void whenWorkerSaysWhyItEndsThenThatIsReportedInsteadOfItsOutput() {
		this.master.start();
		this.master.received(SECOND, new FromWorker.Failed("no such bean"));

		this.master.end(FIRST, SECOND);

		assertThat(this.master.run()).isEqualTo(3);
		assertThat(this.master.log.lines())
			.anyMatch((line) -> line.contains("worker=0 gen=1 pid=1001 exited with code 1"));
		assertThat(String.join("\n", this.master.log.lines())).contains("no such bean");
	}

	@Test
	void whenWorkerHasEndedThenEverythingItHadIsReleasedOnce() throws IOException {
		this.master.start();
		this.master.ready(FIRST);
		this.master.ready(SECOND);

		this.master.exit(FIRST);

		assertThat(this.master.control.session(FIRST).closed()).isEqualTo(1);
		assertThat(this.master.control.session(SECOND).closed()).isZero();
		assertThat(this.master.log.lines()).anyMatch((line) -> line.endsWith("exited with code 1 (crash)"));
		// The lines of the first two are 0 and 1; the replacement has the first again.
		assertThat(this.master.scoreboard.take()).isEqualTo(2);
		this.master.received(FIRST, new FromWorker.Draining());
		this.master.exit(FIRST);
		assertThat(this.master.control.session(FIRST).closed()).isEqualTo(1);
	}

	@Test
	void whenStoppedThenWorkersDrainAndListenersAreStoppedOnce() {
		this.master.start();
		this.master.ready(FIRST);
		this.master.ready(SECOND);

		this.master.loop.handle(new Event.StopRequested(false));
		this.master.loop.handle(new Event.StopRequested(true));
		this.master.end(FIRST, SECOND);

		assertThat(this.master.control.session(FIRST).sent()).anyMatch(FromMaster.Drain.class::isInstance);
		assertThat(this.master.run()).isZero();
		assertThat(this.master.listeners.stops()).isEqualTo(1);
		assertThat(this.master.log.lines()).last().isEqualTo("INFO master pid=100 stopped on request");
		assertThat(this.master.control.session(FIRST).closed()).isEqualTo(1);
	}

	@Test
	void whenStoppedBeforeItBeginsThenNobodyIsStarted() {
		this.master.loop.handle(new Event.StopRequested(false));

		this.master.loop.begin(false);

		assertThat(this.master.run()).isZero();
		assertThat(this.master.log.lines()).noneMatch((line) -> line.endsWith("starting"));
	}

	@Test
	void whenItCanNotBeginThenItEnds() {
		this.master.loop.end(5);

		assertThat(this.master.run()).isEqualTo(5);
	}

	@Test
	void whenLogsAreReopenedThenAllWorkersAreTold() {
		this.master.start();

		this.master.loop.reopenLogs();

		assertThat(this.master.control.session(SECOND).sent()).containsExactly(new FromMaster.ReopenLogs());
	}

	@Test
	void whenAnotherMasterIsInChargeThenThisOneSaysSoAndDrains() {
		this.master.start();
		this.master.ready(FIRST);
		this.master.ready(SECOND);

		this.master.loop.replacedBy(77);

		assertThat(this.master.manager.told()).contains("main pid 77");
		assertThat(this.master.control.session(FIRST).sent()).anyMatch(FromMaster.Drain.class::isInstance);
	}

	@Test
	void whenWorkerSpeaksThenTheLogHasItsName() {
		this.master.start();
		this.master.ready(FIRST);

		this.master.received(FIRST, new FromWorker.Stalled("loop-1", Duration.ofMillis(700), "at A.b"));
		this.master.received(FIRST, new FromWorker.Draining());
		this.master.received(FIRST, new FromWorker.Drained(2));

		assertThat(this.master.log.lines()).contains(
				"WARNING worker=0 gen=1 pid=1001 event loop loop-1 is blocked for 700 ms, "
						+ "as happens to a worker that has just begun: it loads classes",
				"INFO worker=0 gen=1 pid=1001 draining",
				"INFO worker=0 gen=1 pid=1001 drained, 2 connections had to be cut");
	}

}
