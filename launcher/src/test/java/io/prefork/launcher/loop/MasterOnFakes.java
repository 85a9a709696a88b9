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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.prefork.contract.Scoreboard;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.MasterSettings;
import io.prefork.launcher.config.MasterSettingsTests;
import io.prefork.launcher.directory.RunDirectories;
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
import io.prefork.launcher.succession.Succession;
import io.prefork.launcher.succession.WorkerRoster;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.Generation;
import io.prefork.launcher.supervisor.ProcessEnd;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker;

/**
 * A master whose edges are fakes; everything else is real.
 */
final class MasterOnFakes implements AutoCloseable {

	static final TcpAddress ADDRESS = new TcpAddress("127.0.0.1", 8080, 0);

	private final FakeTimer timer = new FakeTimer();

	final Mailbox mailbox = new Mailbox(this.timer);

	private final WorkerEvents events = new WorkerEvents(this.mailbox, new MasterLog());

	final FakeProcesses processes = new FakeProcesses();

	final FakeControl control = new FakeControl();

	final FakeListeners listeners = new FakeListeners();

	final FakeManager manager = new FakeManager();

	final LoggedLines log = new LoggedLines();

	final ScoreboardSlots scoreboard;

	private final RunDirectories directories;

	private final Path pidFile;

	final MasterLoop loop;

	MasterOnFakes(Path directory) throws IOException {
		this(directory, Path.of("/bin/false"));
	}

	/**
	 * Create a master.
	 * @param directory where it has its files
	 * @param java the program that runs the application
	 * @throws IOException if there can't be files
	 */
	MasterOnFakes(Path directory, Path java) throws IOException {
		this.directories = RunDirectories.take(directory.resolve("run"), Map.of(), 100, null);
		this.scoreboard = new ScoreboardSlots(Scoreboard.create(directory.resolve("scoreboard")));
		this.pidFile = directory.resolve("pid");
		this.loop = loop(java);
	}

	@Override
	public void close() {
		this.log.close();
		this.directories.close();
	}

	private MasterLoop loop(Path java) {
		Map<String, String> reported = new HashMap<>(MasterSettingsTests.REQUIRED);
		reported.putAll(Map.of("workers", "2", "spares", "0", "surge", "1", "max-unavailable", "0", "snapshot", "false",
				"timeout", "PT0S"));
		JavaCommand application = new JavaCommand(java, List.of(), List.of(), List.of(), false);
		Generations generations = new Generations(application, this.directories, new MasterLog());
		Generation first = generations.first(1, MasterSettings.from(reported));
		Edges edges = new Edges(this.processes, this.listeners, this.control, this.manager);
		Succession succession = new Succession(this.directories, () -> Files.writeString(this.pidFile, "100"),
				first.settings().limits(), edges, this.mailbox);
		Workers workers = new Workers(this.directories, edges, new SharedDistribution(), this.scoreboard,
				new WorkerRoster(null, this.processes, new MasterLog()));
		return new MasterLoop(first, edges, generations, succession, this.mailbox, workers);
	}

	void start() {
		this.loop.begin(false);
		drain();
	}

	void ready(WorkerId id) {
		if (this.listeners.descriptors().isEmpty()) {
			listen(id, ADDRESS);
		}
		received(id, new FromWorker.Ready(200));
	}

	void listen(WorkerId id, TcpAddress address) {
		received(id, new FromWorker.Listen(1, address.host(), address.port(), address.occurrence()));
	}

	void received(WorkerId id, FromWorker message) {
		this.events.received(id, message, () -> {
		});
		drain();
	}

	void recycle(int slot) {
		this.mailbox.post(new Event.RecycleRequested(slot));
		drain();
	}

	void exit(WorkerId id) {
		this.events.exited(id, new WorkerExit(new ProcessEnd.Exited(1), "last output", false));
		drain();
	}

	void end(WorkerId... ids) {
		for (WorkerId id : ids) {
			exit(id);
		}
	}

	private void drain() {
		FakeLoop.drain(this.mailbox, this.loop);
	}

	int run() {
		try {
			return this.loop.run();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
