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

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.edge.Edges;
import io.prefork.launcher.edge.Loop;
import io.prefork.launcher.edge.Mailbox;
import io.prefork.launcher.generation.Generations;
import io.prefork.launcher.log.History;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.succession.Succession;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.Generation;
import io.prefork.launcher.supervisor.Step;
import io.prefork.launcher.supervisor.Supervisor;
import io.prefork.launcher.supervisor.SupervisorSettings;
import io.prefork.launcher.supervisor.SupervisorState;
import io.prefork.launcher.supervisor.WorkerExit;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorRequest;

/**
 * The only owner of the state: it waits for the next task or deadline, lets the
 * supervisor take a step, and has its decisions executed. All of it on one thread.
 */
public final class MasterLoop implements Loop {

	private static final Duration NOTABLE_DELAY = Duration.ofMillis(100);

	private static final Duration REPORTED_DELAY = Duration.ofSeconds(1);

	/**
	 * When to go on after a failure that might come again.
	 */
	private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

	private final long startedAt = System.nanoTime();

	private final MasterLog log;

	private final Mailbox mailbox;

	private final Workers workers;

	private final ListenerRequests listeners;

	private final DecisionExecutor executor;

	private final ServiceReports reports;

	private final Operations operations;

	private final BacklogWatch backlog;

	private final EmptySlotWatch emptySlots;

	private Duration watchedAt = Duration.ZERO;

	private SupervisorState state;

	private @Nullable Duration deadline;

	/**
	 * Put a loop together.
	 * @param first the first generation
	 * @param edges the outside world
	 * @param generations what the workers run
	 * @param succession who was before this master, and who comes after it
	 * @param mailbox the way into the loop
	 * @param workers the workers
	 */
	public MasterLoop(Generation first, Edges edges, Generations generations, Succession succession, Mailbox mailbox,
			Workers workers) {
		History history = new History();
		this.log = new MasterLog(history);
		this.state = SupervisorState.initial(first);
		this.mailbox = mailbox;
		this.workers = workers;
		this.listeners = new ListenerRequests(edges.listen(), workers.distribution(), this.log);
		this.executor = new DecisionExecutor(workers, this.listeners, generations, succession, mailbox, this.log);
		this.reports = new ServiceReports(edges.manager());
		this.backlog = new BacklogWatch(this.log);
		this.emptySlots = new EmptySlotWatch(this.log);
		this.operations = new Operations(this, workers, this.listeners, history);
	}

	/**
	 * Run until the master has to end.
	 * @return its exit code
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public int run() throws InterruptedException {
		while (true) {
			Integer exitCode = this.executor.exitCode();
			if (exitCode != null) {
				return exitCode;
			}
			Consumer<Loop> task = this.mailbox.take(patience());
			noticeDelay();
			perform((task != null) ? task : (loop) -> loop.handle(new Event.DeadlineReached()));
			watch();
		}
	}

	/**
	 * Do something. What fails there is no reason to stop the service.
	 * @param task what to do
	 */
	private void perform(Consumer<Loop> task) {
		try {
			task.accept(this);
		}
		catch (StartupException ex) {
			throw ex;
		}
		catch (RuntimeException | LinkageError | OutOfMemoryError ex) {
			this.log.error("a task of the master failed, and the master goes on; please report this", ex);
			this.deadline = now().plus(AFTER_FAILURE);
		}
	}

	@Override
	public void handle(Event event) {
		Step step = Supervisor.step(this.state, event, now());
		this.state = step.state();
		this.deadline = step.deadline();
		step.decisions().forEach((decision) -> decision.accept(this.executor));
		this.reports.follow(step);
		this.operations.follow(step);
		this.executor.keep(this.state.generationsInUse());
	}

	/**
	 * What is known now.
	 * @return the state
	 */
	SupervisorState state() {
		return this.state;
	}

	@Override
	public void received(WorkerId id, FromWorker message) {
		RunningWorker worker = this.workers.find(id);
		if (worker != null) {
			message.accept(new WorkerMessages(worker, this.listeners, this.operations, this::handle, this.log));
		}
	}

	@Override
	public void asked(OperatorRequest message, Consumer<OperatorAnswer> answers) {
		message.answer(this.operations.requests(answers));
	}

	@Override
	public void exited(WorkerId id, WorkerExit exit) {
		RunningWorker worker = this.workers.find(id);
		String said = (worker != null) ? worker.lastWords() : null;
		handle(new Event.WorkerExited(id,
				(said != null) ? new WorkerExit(exit.end(), said, exit.outOfMemory()) : exit));
	}

	@Override
	public void begin(boolean succeeds) {
		if (this.executor.exitCode() == null) {
			handle(new Event.MasterStarted(succeeds));
		}
	}

	@Override
	public void end(int exitCode) {
		this.executor.end(exitCode);
	}

	@Override
	public void replacedBy(long pid) {
		this.reports.replacedBy(pid);
		handle(new Event.HandedOver());
	}

	@Override
	public SupervisorSettings settings() {
		return this.state.generation().settings();
	}

	@Override
	public void reopenLogs() {
		this.workers.all().forEach((worker) -> worker.session().send(new FromMaster.ReopenLogs()));
		this.log.info("told all workers to reopen their log files");
	}

	private void watch() {
		Duration now = now();
		if (now.minus(this.watchedAt).compareTo(BacklogWatch.PACE) >= 0) {
			this.watchedAt = now;
			this.backlog.look(this.listeners.status(), this.workers.openedConnections(), this.state, now);
			this.emptySlots.look(this.state, now);
		}
	}

	/**
	 * Find out how long it may wait for the next task.
	 * @return the time; {@code null} for as long as it takes
	 */
	private @Nullable Duration patience() {
		Duration review = this.listeners.nextReview();
		if (review != null && review.isZero()) {
			this.listeners.review();
			review = this.listeners.nextReview();
		}
		Duration rest = (this.deadline != null) ? this.deadline.minus(now()) : null;
		// Workers that are stopped send nothing that would make it look at what waits.
		Duration watch = this.state.paused() ? null : BacklogWatch.PACE;
		return Stream
			.of(Optional.ofNullable(this.reports.signOfLife()), Optional.ofNullable(review), Optional.ofNullable(rest),
					Optional.ofNullable(watch))
			.flatMap(Optional::stream)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/**
	 * A master that was stopped or got no CPU has not heard anybody meanwhile, which is
	 * no fault of theirs.
	 */
	private void noticeDelay() {
		Duration late = (this.deadline != null) ? now().minus(this.deadline) : Duration.ZERO;
		if (late.compareTo(NOTABLE_DELAY) > 0) {
			if (late.compareTo(REPORTED_DELAY) > 0) {
				this.log.warn("the master did not run for a while: resumed %s late".formatted(MasterLog.seconds(late)));
			}
			handle(new Event.MasterDelayed(late));
		}
	}

	private Duration now() {
		return Duration.ofNanos(System.nanoTime() - this.startedAt);
	}

}
