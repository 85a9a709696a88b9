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

package io.prefork.launcher.succession;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.Roster;
import io.prefork.contract.RunDirectoryFiles;
import io.prefork.launcher.edge.Edges;
import io.prefork.launcher.edge.FakeControl;
import io.prefork.launcher.edge.FakeListeners;
import io.prefork.launcher.edge.FakeLoop;
import io.prefork.launcher.edge.FakeManager;
import io.prefork.launcher.edge.FakeProcesses;
import io.prefork.launcher.edge.FakeTimer;
import io.prefork.launcher.edge.ListenAddress;
import io.prefork.launcher.edge.Mailbox;
import io.prefork.launcher.log.LoggedLines;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.supervisor.ProcessEnd;
import io.prefork.launcher.supervisor.TimeLimits;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker.Listen;
import io.prefork.rundir.RunDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TakeOver}, one for each way in which those that serve may behave.
 */
class TakeOverTests {

	private static final TimeLimits LIMITS = new TimeLimits(Duration.ofMinutes(2), Duration.ZERO,
			Duration.ofSeconds(30), Duration.ZERO);

	private static final Listen LISTEN = new Listen(0, "127.0.0.1", 8080, 0);

	private final FakeTimer timer = new FakeTimer();

	private final Mailbox mailbox = new Mailbox(this.timer);

	private final FakeLoop loop = new FakeLoop();

	private final FakeProcesses processes = new FakeProcesses();

	private final FakeControl control = new FakeControl();

	private final FakeListeners listeners = new FakeListeners();

	private final LoggedLines log = new LoggedLines();

	private final TakeOver takeOver = new TakeOver(LIMITS,
			new Edges(this.processes, this.listeners, this.control, new FakeManager()), this.mailbox, new MasterLog());

	@TempDir
	private Path base;

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void whenOldMasterHandsOverThenThisOneBegins() throws IOException {
		expectMaster();
		assertThat(this.loop.asked()).isEmpty();

		this.control.holder(7).handsOver(Map.of(LISTEN, 42));
		drain();

		assertThat(this.loop.asked()).containsExactly("begin");
		assertThat(this.listeners.descriptors()).containsEntry(ListenAddress.of(LISTEN), Map.of(0, 42));
		this.takeOver.release();
		this.takeOver.release();
		assertThat(this.control.holder(7).sent())
			.containsExactly(new FromMaster.Drain(Duration.ofSeconds(30), LIMITS.idleGraceOnReplacement(), false));
		assertThat(this.processes.other(7).signals()).isEmpty();
	}

	@Test
	void whenOldMasterEndsThenThisOneEndsToo() throws IOException {
		expectMaster();

		this.processes.other(7).exits(new ProcessEnd.Killed(9, "KILL"));
		drain();

		assertThat(this.loop.asked()).containsExactly("end 5");
		assertThat(this.log.lines()).last().asString().contains(this.base.toString(), "did not hand over");
	}

	@Test
	void whenOldMasterIsSilentThenThisOneEndsAfterAWhile() throws IOException {
		expectMaster();

		this.timer.pass(Duration.ofSeconds(29));
		drain();
		assertThat(this.loop.asked()).isEmpty();
		this.timer.pass(Duration.ofSeconds(1));
		drain();

		assertThat(this.loop.asked()).containsExactly("end 5");
	}

	@Test
	void whenThereIsNobodyThenThisMasterBeginsAtOnce() {
		this.takeOver.fromWorkers(List.of(), this::begin);

		assertThat(this.loop.asked()).containsExactly("begin");
	}

	@Test
	void whenAllWorkersHandOverThenThisMasterBegins() throws IOException {
		expectWorkers(7, 8);
		this.control.holder(7).handsOver(Map.of(LISTEN, 42));
		drain();
		assertThat(this.loop.asked()).isEmpty();

		this.processes.other(8).exits(new ProcessEnd.Exited(0));
		drain();

		assertThat(this.loop.asked()).containsExactly("begin");
		this.takeOver.release();
		assertThat(this.control.holder(7).sent()).hasSize(1);
		assertThat(this.processes.other(7).signals()).containsExactly("KILL after 35 s");
	}

	@Test
	void whenNoWorkerAnswersThenTheyAreKilledBecauseTheyHoldThePort() throws IOException {
		expectWorkers(7, 8);

		this.timer.pass(Duration.ofSeconds(5));
		drain();

		assertThat(this.processes.other(7).isAlive()).isFalse();
		assertThat(this.processes.other(8).isAlive()).isFalse();
		assertThat(this.loop.asked()).containsExactly("begin");
		assertThat(this.log.lines()).filteredOn((line) -> line.contains("does not answer and is killed")).hasSize(2);
	}

	@Test
	void whenOneWorkerHandsOverThenSilentOnesAreLeftAlone() throws IOException {
		expectWorkers(7, 8);
		this.control.holder(7).handsOver(Map.of(LISTEN, 42));

		this.timer.pass(Duration.ofSeconds(5));
		drain();

		assertThat(this.processes.other(8).isAlive()).isTrue();
		assertThat(this.loop.asked()).containsExactly("begin");
	}

	@Test
	void whenWorkerAnswersLateThenItIsToldToLeaveAtOnce() throws IOException {
		expectWorkers(7);
		this.timer.pass(Duration.ofSeconds(5));
		this.takeOver.release();

		this.control.holder(7).handsOver(Map.of(LISTEN, 42));
		drain();

		assertThat(this.control.holder(7).sent()).isNotEmpty();
	}

	@Test
	void whenRosterIsMissingThenNobodyIsTakenOverFrom() {
		this.takeOver.fromMaster(this.base, this::begin);
		drain();

		assertThat(this.loop.asked()).containsExactly("end 5");
		assertThat(this.log.lines()).anyMatch((line) -> line.contains("can't be read, so nobody is taken over from"));
	}

	private void expectMaster() throws IOException {
		roster(RunDirectoryFiles.predecessorIn(this.base), 7);
		this.takeOver.fromMaster(this.base, this::begin);
		drain();
		assertThat(this.control.sockets()).containsExactly(RunDirectoryFiles.successorSocketIn(this.base));
	}

	private void expectWorkers(long... pids) throws IOException {
		Path directory = Files.createDirectories(this.base.resolve("dead"));
		roster(RunDirectoryFiles.workersIn(directory), pids);
		RunDirectory dead = RunDirectory.inherit(directory, 100);
		assertThat(dead).isNotNull();
		this.takeOver.fromWorkers(List.of(dead), this::begin);
		drain();
	}

	private void roster(Path file, long... pids) throws IOException {
		for (long pid : pids) {
			this.processes.other(pid);
		}
		new Roster(Arrays.stream(pids).mapToObj((pid) -> new Roster.Member(pid, "1@boot", "secret")).toList())
			.write(file);
	}

	private void begin() {
		this.loop.begin(false);
	}

	private void drain() {
		FakeLoop.drain(this.mailbox, this.loop);
	}

}
