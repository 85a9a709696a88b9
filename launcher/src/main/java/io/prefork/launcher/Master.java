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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.ListenSettings;
import io.prefork.launcher.config.MasterSettings;
import io.prefork.launcher.config.RunDirectories;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.control.ControlServer;
import io.prefork.launcher.distribution.ConnectionDistribution;
import io.prefork.launcher.distribution.DispatchDistribution;
import io.prefork.launcher.distribution.ReuseportDistribution;
import io.prefork.launcher.distribution.SharedDistribution;
import io.prefork.launcher.distribution.WorkerLines;
import io.prefork.launcher.listen.Dispatcher;
import io.prefork.launcher.listen.InheritedSocket;
import io.prefork.launcher.listen.Listeners;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.notify.ServiceManager;
import io.prefork.launcher.process.CurrentJvm;
import io.prefork.launcher.process.JavaCommand;
import io.prefork.launcher.process.PidFile;
import io.prefork.launcher.process.Successor;
import io.prefork.launcher.process.WorkerOptions;
import io.prefork.launcher.process.WorkerProcesses;
import io.prefork.launcher.signal.Signals;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.launcher.supervisor.Generation;
import io.prefork.launcher.supervisor.Step;
import io.prefork.launcher.supervisor.Supervisor;
import io.prefork.launcher.supervisor.SupervisorState;
import io.prefork.protocol.Distribution;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.OnMasterLoss;
import io.prefork.protocol.RunDirectory;
import io.prefork.protocol.Scoreboard;

/**
 * The master: one loop that owns the supervisor's state. It waits for a task or the next
 * deadline, lets the supervisor take a step, and executes the decisions.
 */
public final class Master {

	private static final Duration NOTABLE_DELAY = Duration.ofMillis(100);

	private static final Duration REPORTED_DELAY = Duration.ofSeconds(1);

	private final Mailbox mailbox = new Mailbox();

	private final MasterLog log = new MasterLog();

	private final Runnable reopenLogs;

	private final long startedAt = System.nanoTime();

	private final CountDownLatch ended;

	private final WorkerProcesses processes;

	private final DecisionExecutor executor;

	private final Generations generations;

	private final Succession succession;

	private final ServiceReports reports;

	private SupervisorState state;

	private Set<Integer> generationsInUse = Set.of();

	private @Nullable Duration deadline;

	private Master(MasterSettings settings, JavaCommand application, RunDirectories directories, PidFile pidFile,
			Runnable reopenLogs, CountDownLatch ended) {
		this.reopenLogs = reopenLogs;
		this.ended = ended;
		this.reports = new ServiceReports(ServiceManager.from(System.getenv(), CurrentJvm.pid(), this.log::warn));
		RunDirectory own = directories.own();
		this.generations = new Generations(application, own, this.log);
		Generation first = this.generations.first(1, settings);
		this.state = SupervisorState.initial(first);
		WorkerEvents events = new WorkerEvents(this.mailbox, this.log, this::handle);
		Listeners listeners = new Listeners(settings.listen().backlog(),
				settings.listen().distribution() == Distribution.REUSEPORT,
				InheritedSocket.from(System.getenv(), CurrentJvm.pid(), this.log::warn));
		this.processes = new WorkerProcesses(events);
		ControlServer control = ControlServer.open(RunDirectory.socketIn(own.path()), events);
		WorkerLines lines = new WorkerLines(scoreboard(RunDirectory.scoreboardIn(own.path())));
		this.succession = new Succession(directories, pidFile,
				new Predecessors(control, listeners, first.settings().limits(), this.mailbox, this.log),
				new Upgrade(listeners, own.path(), first.settings().reload().timeout(), this.log, this.mailbox,
						this::handedOver),
				this.mailbox, this.log);
		this.executor = new DecisionExecutor(this.processes, listeners, control, this.generations, this.log, events,
				own.path(),
				new WorkerRoster(
						(settings.onMasterLoss() == OnMasterLoss.WAIT) ? RunDirectory.workersIn(own.path()) : null,
						this.log),
				lines, distribution(settings.listen(), listeners, control, lines), this.succession);
		events.attach(this.executor);
		for (String option : WorkerOptions.notInherited(application.options())) {
			this.log.warn("workers don't inherit %s: only one process can have that port".formatted(option));
		}
		LimitWarnings.log(this.log, settings.listen().backlog());
		LoadedClasses.loadInBackground();
		this.log.info("master pid=%d starts %d workers".formatted(CurrentJvm.pid(), first.workers()));
	}

	/**
	 * Run a master for the application in this JVM, until it ends.
	 * @param settings the resolved settings, by the labels of
	 * {@link io.prefork.protocol.Setting}
	 * @param reopenLogs opens the log files of this JVM again; called on the master
	 * loop's thread
	 * @return the exit code
	 */
	public static int run(Map<String, String> settings, Runnable reopenLogs) {
		return run(settings, CurrentJvm::command, reopenLogs);
	}

	/**
	 * Run a master that has no log files until it ends.
	 * @param settings the resolved settings, by the labels of
	 * {@link io.prefork.protocol.Setting}
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
			return new Master(settings, application, directories, pidFile, reopenLogs, ended).run(predecessor);
		}
	}

	private int run(@Nullable Path predecessor) {
		Thread hook = new Thread(this::stopAndWait, "prefork-shutdown");
		Runtime.getRuntime().addShutdownHook(hook);
		Signals signals = Signals
			.handle(OperatorSignals.handlers(this::post, this.log, this::reopenLogs, this::upgrade));
		try {
			this.succession.takeListeners(predecessor);
			if (this.executor.exitCode() == null) {
				handle(new Event.MasterStarted());
				PidOne.begin(this.processes, this.log);
			}
			return loop();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return ExitCodes.INTERNAL_ERROR;
		}
		catch (RuntimeException ex) {
			this.log.error("the master failed and kills its workers; please report this", ex);
			return ExitCodes.INTERNAL_ERROR;
		}
		finally {
			this.executor.close();
			this.reports.close();
			signals.close();
		}
	}

	private int loop() throws InterruptedException {
		while (true) {
			Integer exitCode = this.executor.exitCode();
			if (exitCode != null) {
				return exitCode;
			}
			Duration timeout = (this.deadline != null) ? this.deadline.minus(now()) : null;
			Runnable task = this.mailbox.take(this.reports.signOfLife(timeout));
			noticeDelay();
			if (task != null) {
				task.run();
			}
			else {
				handle(new Event.DeadlineReached());
			}
		}
	}

	private void handle(Event event) {
		Step step = Supervisor.step(this.state, event, now());
		this.state = step.state();
		this.deadline = step.deadline();
		step.decisions().forEach((decision) -> decision.accept(this.executor));
		this.reports.follow(step);
		Set<Integer> inUse = this.state.generationsInUse();
		if (!inUse.equals(this.generationsInUse)) {
			this.generationsInUse = inUse;
			this.generations.retain(inUse);
		}
	}

	private void post(Event event) {
		this.mailbox.post(() -> handle(event));
	}

	/**
	 * A master that was stopped or got no CPU has not heard anybody meanwhile, which is
	 * no fault of theirs.
	 */
	private void noticeDelay() {
		Duration late = (this.deadline != null) ? now().minus(this.deadline) : Duration.ZERO;
		if (late.compareTo(NOTABLE_DELAY) > 0) {
			if (late.compareTo(REPORTED_DELAY) > 0) {
				this.log
					.warn("the master did not run for a while: it goes on %s late".formatted(MasterLog.seconds(late)));
			}
			handle(new Event.MasterDelayed(late));
		}
	}

	private void reopenLogs() {
		this.mailbox.post(() -> {
			this.reopenLogs.run();
			this.executor.broadcast(new FromMaster.ReopenLogs());
			this.log.info("all workers are told to open their log files again");
		});
	}

	private void handedOver(long successor) {
		this.reports.replacedBy(successor);
		handle(new Event.HandedOver());
	}

	private void upgrade() {
		this.mailbox.post(this.succession::upgrade);
	}

	/**
	 * What happens when the JVM is shut down by something else than this master, for
	 * instance by SIGHUP.
	 */
	private void stopAndWait() {
		post(new Event.StopRequested(false));
		try {
			this.ended.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private ConnectionDistribution distribution(ListenSettings settings, Listeners listeners, ControlServer control,
			WorkerLines lines) {
		return switch (settings.distribution()) {
			case SHARED -> new SharedDistribution();
			case REUSEPORT -> new ReuseportDistribution(listeners, control, lines, this.mailbox::post, this.log::warn);
			case DISPATCH -> new DispatchDistribution(new Dispatcher<>(listeners, settings.dispatchStrategy(),
					settings.workerConnections(), this.log::warn), control, lines);
		};
	}

	private static Scoreboard scoreboard(Path file) {
		try {
			return Scoreboard.create(file);
		}
		catch (IOException ex) {
			throw new StartupException(ExitCodes.USAGE,
					("The scoreboard %s can't be written (%s); set prefork.run-dir to a directory on a local disk with "
							+ "free space")
						.formatted(file, ex),
					ex);
		}
	}

	private Duration now() {
		return Duration.ofNanos(System.nanoTime() - this.startedAt);
	}

}
