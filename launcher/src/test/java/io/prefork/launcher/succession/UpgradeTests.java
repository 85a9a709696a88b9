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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.RunDirectoryFiles;
import io.prefork.launcher.directory.RunDirectories;
import io.prefork.launcher.edge.Edges;
import io.prefork.launcher.edge.FakeControl;
import io.prefork.launcher.edge.FakeListeners;
import io.prefork.launcher.edge.FakeLoop;
import io.prefork.launcher.edge.FakeManager;
import io.prefork.launcher.edge.FakeProcesses;
import io.prefork.launcher.edge.FakeProcesses.FakeProcess;
import io.prefork.launcher.edge.FakeTimer;
import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.Mailbox;
import io.prefork.launcher.edge.TcpAddress;
import io.prefork.launcher.log.LoggedLines;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.supervisor.ProcessEnd;
import io.prefork.protocol.FromWorker.Listen;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Upgrade}, one for each way in which it can end.
 */
class UpgradeTests {

	private static final Duration LIMIT = Duration.ofMinutes(10);

	private static final Duration END_LIMIT = Duration.ofSeconds(20);

	private final FakeTimer timer = new FakeTimer();

	private final Mailbox mailbox = new Mailbox(this.timer);

	private final FakeLoop loop = new FakeLoop();

	private final FakeProcesses processes = new FakeProcesses();

	private final FakeControl control = new FakeControl();

	private final FakeListeners listeners = new FakeListeners();

	private final LoggedLines log = new LoggedLines();

	private final RunDirectories directories;

	private final Upgrade upgrade;

	UpgradeTests(@TempDir Path directory) {
		this.directories = RunDirectories.take(directory, Map.of(), 100, null);
		this.upgrade = new Upgrade(this.directories,
				new Edges(this.processes, this.listeners, this.control, new FakeManager()), this.mailbox,
				new MasterLog());
	}

	@BeforeEach
	void listen() throws ListenException {
		this.listeners.obtain(new TcpAddress("127.0.0.1", 8080, 0));
	}

	@AfterEach
	void close() {
		this.log.close();
		this.directories.close();
	}

	@Test
	void whenNewMasterIsInChargeThenThisOneIsReplaced() {
		FakeProcess master = begin();

		this.control.newMasterWaits();
		drain();
		assertThat(this.control.handedOver()).containsOnlyKeys(new Listen(0, "127.0.0.1", 8080, 0));
		assertThat(this.listeners.isFixed()).isTrue();
		this.control.newMasterAnswers(true);
		drain();

		assertThat(this.loop.asked()).containsExactly("replaced by " + master.pid());
		assertThat(this.log.lines()).last().asString().startsWith("INFO upgrade succeeded: the new master pid=");
		assertThat(master.signals()).isEmpty();
	}

	@Test
	void whenMasterIsProcessOneThenItIsRefused() {
		this.processes.ownPid(1);

		this.upgrade.begin(LIMIT);

		assertThat(this.log.lines()).singleElement().asString().contains("upgrade refused: the master is process 1");
	}

	@Test
	void whenThereIsNoListenerThenItIsRefused() {
		this.listeners.retain(List.of());

		this.upgrade.begin(LIMIT);

		assertThat(this.log.lines()).containsExactly("SEVERE upgrade refused: there is no listener to hand over yet");
	}

	@Test
	void whenOneIsUnderWayThenAnotherIsRefused() {
		FakeProcess master = begin();

		this.upgrade.begin(LIMIT);

		assertThat(this.processes.master()).isSameAs(master);
		assertThat(this.log.lines()).last()
			.isEqualTo("WARNING upgrade refused: the new master pid=%d is starting".formatted(master.pid()));
	}

	@Test
	void whenNewMasterCanNotBeStartedThenThisOneGoesOn() {
		this.processes.fail("error=11, Resource temporarily unavailable");

		this.upgrade.begin(LIMIT);

		assertThat(this.log.lines()).singleElement()
			.asString()
			.contains("upgrade failed: the new master can't be started: error=11", "raise the limit");
		assertThat(this.loop.asked()).isEmpty();
	}

	@Test
	void whenNewMasterEndsThenThisOneGoesOnAndMayTryAgain() {
		FakeProcess master = begin();

		master.exits(new ProcessEnd.Exited(3));
		drain();

		assertThat(this.log.lines()).last()
			.isEqualTo("SEVERE upgrade failed, this master goes on: the new master pid=%d exited with code 3"
				.formatted(master.pid()));
		assertThat(this.control.isSocketAwaited()).isFalse();
		assertThat(RunDirectoryFiles.predecessorIn(this.directories.own().path())).doesNotExist();
		assertThat(begin()).isNotSameAs(master);
		assertThat(RunDirectoryFiles.predecessorIn(this.directories.own().path())).exists();
	}

	@Test
	void whenNewMasterNeverAnswersThenItIsEnded() {
		FakeProcess master = begin();
		this.control.newMasterWaits();
		drain();

		this.timer.pass(LIMIT);
		drain();

		assertThat(this.listeners.isFixed()).isFalse();
		assertThat(master.signals()).containsExactly("TERM", "KILL after 20 s");
		master.exits(new ProcessEnd.Exited(143));
		drain();
		assertThat(this.log.lines()).last().asString().contains("was not ready within 600 s (prefork.reload.timeout)");
		this.control.newMasterAnswers(true);
		drain();
		assertThat(this.loop.asked()).isEmpty();
	}

	@Test
	void whenNewMasterRefusesAndEndsThenItsEndIsTheReason() {
		FakeProcess master = handOver();

		this.control.newMasterAnswers(false);
		drain();
		master.exits(new ProcessEnd.Exited(4));
		drain();

		assertThat(this.log.lines()).last().asString().endsWith("exited with code 4");
	}

	@Test
	void whenNewMasterRefusesAndStaysThenItIsEnded() {
		FakeProcess master = handOver();

		this.control.newMasterAnswers(false);
		drain();
		assertThat(master.signals()).isEmpty();
		this.timer.pass(END_LIMIT);
		drain();
		master.exits(new ProcessEnd.Exited(143));
		drain();

		assertThat(master.signals()).contains("TERM");
		assertThat(this.log.lines()).last().asString().endsWith("let go of its predecessor");
	}

	@Test
	void whenThisMasterStopsThenTheNewOneIsEndedWithoutAWord() {
		FakeProcess master = handOver();
		int said = this.log.lines().size();

		this.upgrade.cancel();
		master.exits(new ProcessEnd.Exited(143));
		this.control.newMasterAnswers(true);
		this.timer.pass(LIMIT);
		drain();
		this.upgrade.close();

		assertThat(master.signals()).containsExactly("TERM", "KILL after 20 s");
		assertThat(this.log.lines()).hasSize(said);
		assertThat(this.loop.asked()).isEmpty();
	}

	private FakeProcess begin() {
		this.upgrade.begin(LIMIT);
		return this.processes.master();
	}

	private FakeProcess handOver() {
		FakeProcess master = begin();
		this.control.newMasterWaits();
		drain();
		return master;
	}

	private void drain() {
		FakeLoop.drain(this.mailbox, this.loop);
	}

}
