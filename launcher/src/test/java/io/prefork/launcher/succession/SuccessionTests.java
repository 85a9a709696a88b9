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
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.Roster;
import io.prefork.contract.RunDirectoryFiles;
import io.prefork.launcher.config.MasterSettings;
import io.prefork.launcher.config.MasterSettingsTests;
import io.prefork.launcher.directory.RunDirectories;
import io.prefork.launcher.edge.Edges;
import io.prefork.launcher.edge.FakeControl;
import io.prefork.launcher.edge.FakeListeners;
import io.prefork.launcher.edge.FakeLoop;
import io.prefork.launcher.edge.FakeManager;
import io.prefork.launcher.edge.FakeProcesses;
import io.prefork.launcher.edge.FakeTimer;
import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.Mailbox;
import io.prefork.launcher.edge.TcpAddress;
import io.prefork.launcher.log.LoggedLines;
import io.prefork.launcher.supervisor.Decision;
import io.prefork.launcher.supervisor.ProcessEnd;
import io.prefork.launcher.supervisor.TimeLimits;
import io.prefork.protocol.FromWorker.Listen;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Succession}.
 */
class SuccessionTests {

	private static final TimeLimits LIMITS = MasterSettings.from(MasterSettingsTests.REQUIRED).supervision().limits();

	private final FakeTimer timer = new FakeTimer();

	private final Mailbox mailbox = new Mailbox(this.timer);

	private final FakeLoop loop = new FakeLoop();

	private final FakeProcesses processes = new FakeProcesses();

	private final FakeControl control = new FakeControl();

	private final FakeListeners listeners = new FakeListeners();

	private final LoggedLines log = new LoggedLines();

	@TempDir
	private Path directory;

	private boolean pidFileFails;

	private int pidFileWritten;

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void whenNewMasterHasAllItsWorkersThenTheOldOneHasToLeave() throws IOException {
		try (RunDirectories directories = directories()) {
			Succession succession = succeed(directories);

			succession.announced(new Decision.Announce(1, 2, 2, Duration.ofSeconds(3)));

			assertThat(this.control.holder(7).sent()).hasSize(1);
			assertThat(this.pidFileWritten).isEqualTo(1);
		}
	}

	@Test
	void whenNewMasterLacksWorkersThenItStopsAndTheOldOneStays() throws IOException {
		try (RunDirectories directories = directories()) {
			Succession succession = succeed(directories);

			succession.announced(new Decision.Announce(1, 1, 2, Duration.ofSeconds(3)));
			succession.stopped();
			drain();

			assertThat(this.control.holder(7).sent()).isEmpty();
			assertThat(this.pidFileWritten).isZero();
			assertThat(this.loop.asked()).last().isEqualTo("StopRequested[quick=true]");
			assertThat(this.log.lines()).last()
				.isEqualTo("SEVERE only 1 of 2 workers got ready, so the old master stays");
		}
	}

	@Test
	void whenPidFileCanNotBeWrittenThenTheNewMasterServesAndSaysSo() throws IOException {
		this.pidFileFails = true;
		try (RunDirectories directories = directories()) {
			Succession succession = succeed(directories);

			succession.announced(new Decision.Announce(1, 2, 2, Duration.ofSeconds(3)));

			assertThat(this.control.holder(7).sent()).hasSize(1);
			assertThat(this.log.lines()).last()
				.isEqualTo("WARNING the pid file names the old master: No space left on device");
		}
	}

	@Test
	void whenServiceStopsThenAnUpgradeIsGivenUp() throws IOException, ListenException {
		this.listeners.obtain(new TcpAddress("127.0.0.1", 8080, 0));
		try (RunDirectories directories = directories()) {
			Succession succession = succession(directories);
			succession.upgrade(Duration.ofMinutes(10));

			succession.stopping();
			this.processes.master().exits(new ProcessEnd.Exited(143));
			succession.close();

			assertThat(this.processes.master().signals()).startsWith("TERM");
		}
	}

	private RunDirectories directories() {
		return RunDirectories.take(this.directory.resolve("run"), Map.of(), 100, null);
	}

	private Succession succeed(RunDirectories directories) throws IOException {
		Path old = Files.createDirectories(this.directory.resolve("old"));
		this.processes.other(7);
		new Roster(List.of(new Roster.Member(7, "1@boot", "secret"))).write(RunDirectoryFiles.predecessorIn(old));
		Succession succession = succession(directories);
		succession.takeListeners(old, () -> this.loop.begin(false));
		this.control.holder(7).handsOver(Map.of(new Listen(0, "127.0.0.1", 8080, 0), 42));
		drain();
		assertThat(this.loop.asked()).containsExactly("begin");
		return succession;
	}

	private Succession succession(RunDirectories directories) {
		return new Succession(directories, this::writePidFile, LIMITS,
				new Edges(this.processes, this.listeners, this.control, new FakeManager()), this.mailbox);
	}

	private void writePidFile() throws IOException {
		if (this.pidFileFails) {
			throw new IOException("No space left on device");
		}
		this.pidFileWritten++;
	}

	private void drain() {
		FakeLoop.drain(this.mailbox, this.loop);
	}

}
