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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.Distribution;
import io.prefork.contract.Scoreboard;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.MasterSettings;
import io.prefork.launcher.config.MasterSettingsTests;
import io.prefork.launcher.distribution.ScoreboardSlots;
import io.prefork.launcher.distribution.SharedDistribution;
import io.prefork.launcher.edge.Edges;
import io.prefork.launcher.edge.FakeControl;
import io.prefork.launcher.edge.FakeListeners;
import io.prefork.launcher.edge.FakeLoop;
import io.prefork.launcher.edge.FakeManager;
import io.prefork.launcher.edge.FakeProcesses;
import io.prefork.launcher.edge.FakeTimer;
import io.prefork.launcher.edge.Mailbox;
import io.prefork.launcher.edge.TcpAddress;
import io.prefork.launcher.generation.Generations;
import io.prefork.launcher.log.LoggedLines;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.succession.RunDirectories;
import io.prefork.launcher.succession.Succession;
import io.prefork.launcher.succession.WorkerRoster;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.Generation;
import io.prefork.launcher.supervisor.ProcessEnd;
import io.prefork.launcher.supervisor.WorkerExit;
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

	private static final TcpAddress ADDRESS = new TcpAddress("127.0.0.1", 8080, 0);

	private final FakeTimer timer = new FakeTimer();

	private final Mailbox mailbox = new Mailbox(this.timer);

	private final WorkerEvents events = new WorkerEvents(this.mailbox, new MasterLog());

	private final FakeProcesses processes = new FakeProcesses();

	private final FakeControl control = new FakeControl();

	private final FakeListeners listeners = new FakeListeners();

	private final FakeManager manager = new FakeManager();

	private final LoggedLines log = new LoggedLines();

	private final ScoreboardSlots scoreboard;

	private final RunDirectories directories;

	private final Path pidFile;

	private final MasterLoop loop;

	MasterLoopTests(@TempDir Path directory) throws IOException {
		this.directories = RunDirectories.take(directory.resolve("run"), Map.of(), 100, null);
		this.scoreboard = new ScoreboardSlots(Scoreboard.create(directory.resolve("scoreboard")));
		this.pidFile = directory.resolve("pid");
		this.loop = loop();
	}

	@AfterEach
	void close() {
		this.log.close();
		this.directories.close();
	}

	@Test
	void whenWorkersAreReadyThenTheyAcceptAndTheServiceIsAnnounced() {
		start();

		ready(FIRST);
		ready(SECOND);

		assertThat(this.control.session(FIRST).sent()).contains(new FromMaster.Accept(0));
		assertThat(this.log.lines()).anyMatch((line) -> line.matches("INFO worker=0 gen=1 pid=1001 ready in .*"))
			.anyMatch((line) -> line.startsWith("INFO ready address=127.0.0.1:8080 workers=2 gen=1 in "));
		assertThat(this.manager.told()).contains("ready: 2 of 2 workers ready, generation 1");
	}

	@Test
	void whenWorkersAskForTheSameAddressThenTheyGetTheSameSocket() {
		start();
		listen(FIRST, ADDRESS);
		listen(SECOND, ADDRESS);

		assertThat(this.control.session(FIRST).descriptors()).isEqualTo(this.control.session(SECOND).descriptors())
			.hasSize(1);
		assertThat(this.control.session(FIRST).sent()).contains(new FromMaster.Listening(1, Distribution.SHARED));
	}

	@Test
	void whenAddressCanNotBeBoundAtTheStartThenTheMasterEnds() {
		this.listeners.fail("127.0.0.1:8080 can't be bound: the port is in use");
		start();

		listen(FIRST, ADDRESS);
		end(FIRST, SECOND);

		assertThat(run()).isEqualTo(4);
		assertThat(this.log.lines()).last().isEqualTo("SEVERE 127.0.0.1:8080 can't be bound: the port is in use");
	}

	@Test
	void whenAddressCanNotBeBoundLaterThenOnlyTheWorkerIsTold() {
		start();
		ready(FIRST);
		this.listeners.fail("in use");

		listen(SECOND, ADDRESS);

		assertThat(this.control.session(SECOND).sent()).containsExactly(new FromMaster.Refused(1, "in use"));
		assertThat(this.listeners.stops()).isZero();
	}

	@Test
	void whenNoProcessCanBeStartedThenTheReasonIsTheLastWord() {
		this.processes.fail("error=24, Too many open files");

		start();

		assertThat(run()).isEqualTo(3);
		assertThat(this.log.lines()).last()
			.asString()
			.startsWith("SEVERE no worker of the first generation could boot; worker=")
			.contains("could not be started: error=24, Too many open files", "ulimit -n");
	}

	@Test
	void whenWorkerSaysWhyItEndsThenThatIsReportedInsteadOfItsOutput() {
		start();
		received(SECOND, new FromWorker.Failed("no such bean"));

		end(FIRST, SECOND);

		assertThat(run()).isEqualTo(3);
		assertThat(this.log.lines()).anyMatch((line) -> line.contains("worker=0 gen=1 pid=1001 exited with code 1"));
		assertThat(String.join("\n", this.log.lines())).contains("no such bean");
	}

	@Test
	void whenWorkerHasEndedThenEverythingItHadIsReleasedOnce() throws IOException {
		start();
		ready(FIRST);
		ready(SECOND);

		exit(FIRST);

		assertThat(this.control.session(FIRST).closed()).isEqualTo(1);
		assertThat(this.control.session(SECOND).closed()).isZero();
		assertThat(this.log.lines()).anyMatch((line) -> line.endsWith("exited with code 1 (crash)"));
		// The lines of the first two are 0 and 1; the replacement has the first again.
		assertThat(this.scoreboard.take()).isEqualTo(2);
		received(FIRST, new FromWorker.Draining());
		exit(FIRST);
		assertThat(this.control.session(FIRST).closed()).isEqualTo(1);
	}

	@Test
	void whenStoppedThenWorkersDrainAndListenersAreStoppedOnce() {
		start();
		ready(FIRST);
		ready(SECOND);

		this.loop.handle(new Event.StopRequested(false));
		this.loop.handle(new Event.StopRequested(true));
		end(FIRST, SECOND);

		assertThat(this.control.session(FIRST).sent()).anyMatch(FromMaster.Drain.class::isInstance);
		assertThat(run()).isZero();
		assertThat(this.listeners.stops()).isEqualTo(1);
		assertThat(this.log.lines()).last().isEqualTo("INFO master pid=100 stopped on request");
		assertThat(this.control.session(FIRST).closed()).isEqualTo(1);
	}

	@Test
	void whenStoppedBeforeItBeginsThenNobodyIsStarted() {
		this.loop.handle(new Event.StopRequested(false));

		this.loop.begin();

		assertThat(run()).isZero();
		assertThat(this.log.lines()).noneMatch((line) -> line.endsWith("starting"));
	}

	@Test
	void whenItCanNotBeginThenItEnds() {
		this.loop.end(5);

		assertThat(run()).isEqualTo(5);
	}

	@Test
	void whenLogsAreReopenedThenAllWorkersAreTold() {
		start();

		this.loop.reopenLogs();

		assertThat(this.control.session(SECOND).sent()).containsExactly(new FromMaster.ReopenLogs());
	}

	@Test
	void whenAnotherMasterIsInChargeThenThisOneSaysSoAndDrains() {
		start();
		ready(FIRST);
		ready(SECOND);

		this.loop.replacedBy(77);

		assertThat(this.manager.told()).contains("main pid 77");
		assertThat(this.control.session(FIRST).sent()).anyMatch(FromMaster.Drain.class::isInstance);
	}

	@Test
	void whenWorkerSpeaksThenTheLogHasItsName() {
		start();
		ready(FIRST);

		received(FIRST, new FromWorker.Stalled("loop-1", Duration.ofMillis(700), "at A.b"));
		received(FIRST, new FromWorker.Draining());
		received(FIRST, new FromWorker.Drained(2));

		assertThat(this.log.lines()).contains(
				"WARNING worker=0 gen=1 pid=1001 event loop loop-1 is blocked for 700 ms%nat A.b".formatted(),
				"INFO worker=0 gen=1 pid=1001 draining",
				"INFO worker=0 gen=1 pid=1001 drained, 2 connections had to be cut");
	}

	private MasterLoop loop() {
		Map<String, String> reported = new HashMap<>(MasterSettingsTests.REQUIRED);
		reported.putAll(Map.of("workers", "2", "spares", "0", "surge", "1", "max-unavailable", "0", "snapshot", "false",
				"timeout", "PT0S"));
		JavaCommand application = new JavaCommand(Path.of("/bin/false"), List.of(), List.of(), List.of(), false);
		Generations generations = new Generations(application, this.directories.own(), new MasterLog());
		Generation first = generations.first(1, MasterSettings.from(reported));
		Edges edges = new Edges(this.processes, this.listeners, this.control, this.manager);
		Succession succession = new Succession(this.directories, () -> Files.writeString(this.pidFile, "100"),
				first.settings(), edges, this.mailbox);
		Workers workers = new Workers(this.directories.own().path(), edges, new SharedDistribution(), this.scoreboard,
				new WorkerRoster(null, this.processes, new MasterLog()));
		return MasterLoop.of(first, edges, generations, succession, this.mailbox, workers);
	}

	private void start() {
		this.loop.begin();
		drain();
	}

	private void ready(WorkerId id) {
		if (this.listeners.descriptors().isEmpty()) {
			listen(id, ADDRESS);
		}
		received(id, new FromWorker.Ready(200));
	}

	private void listen(WorkerId id, TcpAddress address) {
		received(id, new FromWorker.Listen(1, address.host(), address.port(), address.occurrence()));
	}

	private void received(WorkerId id, FromWorker message) {
		this.events.received(id, message);
		drain();
	}

	private void exit(WorkerId id) {
		this.events.exited(id, new WorkerExit(new ProcessEnd.Exited(1), "last output", false));
		drain();
	}

	private void end(WorkerId... ids) {
		for (WorkerId id : ids) {
			exit(id);
		}
	}

	private void drain() {
		FakeLoop.drain(this.mailbox, this.loop);
	}

	private int run() {
		try {
			return this.loop.run();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
