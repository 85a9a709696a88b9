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

package io.prefork.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.Distribution;
import io.prefork.contract.OnMasterLoss;
import io.prefork.contract.RunDirectoryFiles;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.ListenSettings;
import io.prefork.launcher.config.MasterSettings;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.control.ControlServer;
import io.prefork.launcher.directory.RunDirectories;
import io.prefork.launcher.directory.ScoreboardFile;
import io.prefork.launcher.distribution.ConnectionDistribution;
import io.prefork.launcher.distribution.DispatchDistribution;
import io.prefork.launcher.distribution.ReuseportDistribution;
import io.prefork.launcher.distribution.ScoreboardSlots;
import io.prefork.launcher.distribution.SharedDistribution;
import io.prefork.launcher.edge.Edges;
import io.prefork.launcher.edge.Loop;
import io.prefork.launcher.edge.Mailbox;
import io.prefork.launcher.generation.Generations;
import io.prefork.launcher.listen.Dispatcher;
import io.prefork.launcher.listen.InheritedSocket;
import io.prefork.launcher.listen.Listeners;
import io.prefork.launcher.log.ErrnoHints;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.log.Wording;
import io.prefork.launcher.loop.MasterLoop;
import io.prefork.launcher.loop.WorkerEvents;
import io.prefork.launcher.loop.Workers;
import io.prefork.launcher.notify.ServiceManager;
import io.prefork.launcher.process.CurrentJvm;
import io.prefork.launcher.process.PidFile;
import io.prefork.launcher.process.Successor;
import io.prefork.launcher.process.WorkerProcesses;
import io.prefork.launcher.signal.OperatorSignals;
import io.prefork.launcher.signal.Signals;
import io.prefork.launcher.signal.Terminal;
import io.prefork.launcher.startup.HangupHandling;
import io.prefork.launcher.startup.LimitWarnings;
import io.prefork.launcher.startup.LoadedClasses;
import io.prefork.launcher.startup.OptionWarnings;
import io.prefork.launcher.startup.UnneededMemory;
import io.prefork.launcher.startup.ZombieReaping;
import io.prefork.launcher.succession.Succession;
import io.prefork.launcher.succession.WorkerRoster;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.launcher.supervisor.Generation;

/**
 * The master: one loop that owns the supervisor's state. It waits for a task or the next
 * deadline, lets the supervisor take a step, and executes the decisions.
 */
public final class Master {

	private static final Duration KEEP_FRESH = Duration.ofHours(1);

	private static final Duration STARTED = Duration.ofSeconds(30);

	private final Mailbox mailbox = new Mailbox();

	private final MasterLog log = new MasterLog();

	private final Runnable reopenLogs;

	private final WorkerProcesses processes;

	private final Edges edges;

	private final Generations generations;

	private final ConnectionDistribution distribution;

	private final Succession succession;

	private final MasterLoop loop;

	private Master(MasterSettings settings, JavaCommand application, RunDirectories directories, PidFile pidFile,
			Runnable reopenLogs) {
		this.reopenLogs = reopenLogs;
		Path directory = directories.own().path();
		this.generations = new Generations(application, directories, this.log);
		Generation first = this.generations.first(1, settings);
		WorkerEvents events = new WorkerEvents(this.mailbox, this.log);
		Listeners listeners = new Listeners(settings.listen().backlog(),
				settings.listen().distribution() == Distribution.REUSEPORT,
				InheritedSocket.from(System.getenv(), CurrentJvm.pid(), this.log::warn));
		this.processes = new WorkerProcesses(events);
		this.edges = new Edges(this.processes, listeners,
				ControlServer.open(RunDirectoryFiles.socketIn(directory), events),
				ServiceManager.from(System.getenv(), CurrentJvm.pid(), this.log::warn));
		this.distribution = distribution(settings.listen(), listeners);
		this.succession = new Succession(directories, pidFile::replace, first.settings().limits(), this.edges,
				this.mailbox);
		WorkerRoster roster = new WorkerRoster(
				(settings.onMasterLoss() == OnMasterLoss.WAIT) ? RunDirectoryFiles.workersIn(directory) : null,
				this.processes, this.log);
		this.loop = new MasterLoop(first, this.edges, this.generations, this.succession, this.mailbox,
				new Workers(directories, this.edges, this.distribution,
						new ScoreboardSlots(ScoreboardFile.create(directories).scoreboard()), roster));
		keepFresh(directories);
		OptionWarnings.log(this.log, application.options(), settings.launch().jvm().options());
		LimitWarnings.log(this.log, settings.listen().backlog());
		LoadedClasses.loadInBackground();
		this.mailbox.postAfter(STARTED, (loop) -> UnneededMemory.giveBack());
		this.log.info("master pid=%d starts %s".formatted(CurrentJvm.pid(), Wording.count(first.workers(), "worker")));
	}

	/**
	 * Run a master for the application in this JVM, until it ends.
	 * @param settings the resolved settings, by the labels of
	 * {@link io.prefork.contract.Setting}
	 * @param arguments the application's arguments, as far as it says which ones it got
	 * @param reopenLogs opens the log files of this JVM again; called on the master
	 * loop's thread
	 * @return the exit code
	 */
	public static int run(Map<String, String> settings, List<String> arguments, Runnable reopenLogs) {
		return run(settings, () -> CurrentJvm.command(arguments), reopenLogs);
	}

	/**
	 * Run a master that has no log files until it ends.
	 * @param settings the resolved settings, by the labels of
	 * {@link io.prefork.contract.Setting}
	 * @param application the command that starts the application
	 * @return the exit code
	 */
	public static int run(Map<String, String> settings, JavaCommand application) {
		return run(settings, () -> application, () -> {
		});
	}

	private static int run(Map<String, String> settings, Supplier<JavaCommand> application, Runnable reopenLogs) {
		CountDownLatch ended = new CountDownLatch(1);
		try {
			MasterSettings parsed = MasterSettings.from(settings);
			JavaCommand command = application.get();
			Path predecessor = Successor.predecessor(System.getenv());
			try (RunDirectories directories = RunDirectories.take(parsed.files().runDir(), System.getenv(),
					CurrentJvm.pid(), predecessor)) {
				return run(parsed, command, directories, predecessor, reopenLogs, ended);
			}
			finally {
				// After the run directory is gone: the shutdown hook waits for this.
				ended.countDown();
			}
		}
		catch (StartupException ex) {
			new MasterLog().error(String.valueOf(ex.getMessage()));
			return ex.exitCode();
		}
		catch (RuntimeException ex) {
			new MasterLog().error("the master could not start; please report this", ex);
			return ExitCodes.INTERNAL_ERROR;
		}
	}

	private static int run(MasterSettings settings, JavaCommand application, RunDirectories directories,
			@Nullable Path predecessor, Runnable reopenLogs, CountDownLatch ended) {
		try (PidFile pidFile = new PidFile(settings.files().pidFile(), CurrentJvm.pid())) {
			if (predecessor == null) {
				pidFile.write();
			}
			return new Master(settings, application, directories, pidFile, reopenLogs).run(predecessor, ended);
		}
	}

	private int run(@Nullable Path predecessor, CountDownLatch ended) {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(ended), "prefork-shutdown"));
		boolean hangup = HangupHandling.prepare(this.log);
		Signals signals = Signals.handle(OperatorSignals.handlers(this.mailbox::post, this.log,
				() -> this.mailbox.post((loop) -> reopenLogs(loop)),
				() -> this.mailbox.post((loop) -> this.succession.upgrade(loop.settings().reload().timeout())),
				Terminal.current(hangup)));
		try {
			this.succession.takeListeners(predecessor, this::begin);
			return this.loop.run();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return ExitCodes.INTERNAL_ERROR;
		}
		catch (StartupException ex) {
			this.log.error(String.valueOf(ex.getMessage()));
			return ex.exitCode();
		}
		catch (RuntimeException ex) {
			this.log.error("the master failed and kills its workers; please report this", ex);
			return ExitCodes.INTERNAL_ERROR;
		}
		finally {
			close();
			signals.close();
		}
	}

	/**
	 * Nobody else holds the port. Zombies can be reaped once a process has been started.
	 */
	private void begin() {
		this.mailbox.post((loop) -> loop.begin(this.succession.takesOver()));
		this.mailbox.post((loop) -> ZombieReaping.begin(this.processes, this.log));
	}

	/**
	 * Now and then, make what is gone again though nobody looks for it just now, and keep
	 * those away who remove old files.
	 * @param directories this master's directories
	 */
	private void keepFresh(RunDirectories directories) {
		this.mailbox.postAfter(KEEP_FRESH, (loop) -> {
			try {
				directories.restore();
				directories.touch();
			}
			catch (IOException ex) {
				this.log.warn("the run directory can't be used: " + ErrnoHints.explain(ex));
			}
			keepFresh(directories);
		});
	}

	private void reopenLogs(Loop loop) {
		this.reopenLogs.run();
		loop.reopenLogs();
	}

	/**
	 * What happens when the JVM is shut down by something else than this master, for
	 * instance by SIGHUP.
	 * @param ended open as long as the master runs
	 */
	private void stopAndWait(CountDownLatch ended) {
		this.mailbox.post(new Event.StopRequested(false));
		try {
			ended.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void close() {
		this.edges.process().killAll();
		this.distribution.close();
		this.edges.listen().close();
		this.succession.close();
		this.edges.control().close();
		this.generations.close();
		this.edges.manager().close();
	}

	private ConnectionDistribution distribution(ListenSettings settings, Listeners listeners) {
		return switch (settings.distribution()) {
			case SHARED -> new SharedDistribution();
			case REUSEPORT -> new ReuseportDistribution(listeners, System::nanoTime, this.log::warn);
			case DISPATCH -> new DispatchDistribution(new Dispatcher(listeners, settings.dispatchStrategy(),
					settings.workerConnections(), this.log::warn));
		};
	}

}
