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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.control.ControlServer;
import io.prefork.launcher.listen.ListenAddress;
import io.prefork.launcher.listen.Listeners;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.process.ForeignProcess;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.launcher.supervisor.TimeLimits;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker.Listen;
import io.prefork.protocol.Roster;
import io.prefork.protocol.RunDirectory;

/**
 * Those who serve when this master starts: the master that started it as its successor,
 * or workers that have outlived theirs. They hand over their listeners, go on serving,
 * and are told to leave when this master's own service is ready. The master loop owns it.
 */
final class Predecessors implements AutoCloseable {

	private static final Duration MASTER_PATIENCE = Duration.ofSeconds(30);

	private static final Duration WORKER_PATIENCE = Duration.ofSeconds(5);

	private static final Duration PACE = Duration.ofMillis(200);

	private final List<Predecessor> all = new ArrayList<>();

	private final Map<RunDirectory, List<Predecessor>> inherited = new LinkedHashMap<>();

	private final ControlServer control;

	private final Listeners listeners;

	private final TimeLimits limits;

	private final Mailbox mailbox;

	private final MasterLog log;

	private boolean released;

	Predecessors(ControlServer control, Listeners listeners, TimeLimits limits, Mailbox mailbox, MasterLog log) {
		this.control = control;
		this.listeners = listeners;
		this.limits = limits;
		this.mailbox = mailbox;
		this.log = log;
	}

	/**
	 * Take over from the master that started this one.
	 * @param directory that master's run directory
	 * @throws StartupException if it does not hand over its listeners
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	void succeed(Path directory) throws InterruptedException {
		expect(RunDirectory.predecessorIn(directory), RunDirectory.successorSocketIn(directory), true);
		await(MASTER_PATIENCE);
		if (this.all.stream().noneMatch((predecessor) -> predecessor.handedOver)) {
			throw new StartupException(ExitCodes.INTERNAL_ERROR,
					"The master whose run directory is %s did not hand over its listeners".formatted(directory));
		}
	}

	/**
	 * Take over from workers that wait for a new master. Those that don't answer would
	 * hold the port, so they are killed if nobody else has handed it over.
	 * @param directories the dead masters' run directories
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	void adopt(List<RunDirectory> directories) throws InterruptedException {
		directories.forEach(this::expectWorkers);
		await(WORKER_PATIENCE);
		if (this.all.stream().noneMatch((predecessor) -> predecessor.handedOver)) {
			for (Predecessor silent : this.all) {
				this.log
					.warn("worker pid=%d of the last master does not answer and is killed, because it holds the port"
						.formatted(silent.process.pid()));
				silent.process.endWithin(Duration.ZERO).join();
			}
		}
	}

	/**
	 * Expect workers that wait for a new master, of whom nothing is needed but that they
	 * leave.
	 * @param directories the dead masters' run directories
	 */
	void dismiss(List<RunDirectory> directories) {
		directories.forEach(this::expectWorkers);
		if (this.released) {
			this.all.forEach(this::release);
		}
	}

	/**
	 * Tell everybody to leave: this master's service is ready, or nobody wants it any
	 * more.
	 */
	void release() {
		if (!this.released) {
			this.released = true;
			this.all.forEach(this::release);
		}
	}

	/**
	 * Remove what dead masters left, though the JDK, which looks now and then, may not
	 * have seen yet that their workers have ended.
	 */
	@Override
	public void close() {
		this.inherited.forEach((directory, workers) -> {
			if (workers.stream().noneMatch((worker) -> worker.process.isAlive())) {
				directory.close();
			}
		});
	}

	private void expectWorkers(RunDirectory directory) {
		List<Predecessor> workers = expect(RunDirectory.workersIn(directory.path()),
				RunDirectory.socketIn(directory.path()), false);
		if (!workers.isEmpty()) {
			this.log.info("takes over from %d workers of a dead master: pid=%s".formatted(workers.size(),
					String.join(",", workers.stream().map((worker) -> "" + worker.process.pid()).toList())));
		}
		this.inherited.put(directory, workers);
		CompletableFuture
			.allOf(workers.stream().map((worker) -> worker.process.onExit()).toArray(CompletableFuture<?>[]::new))
			.thenRun(directory::close);
	}

	private List<Predecessor> expect(Path roster, Path socket, boolean master) {
		List<Predecessor> expected = new ArrayList<>();
		try {
			for (Roster.Member member : Roster.read(roster).members()) {
				ForeignProcess process = ForeignProcess.find(member.pid(), member.startedAt());
				if (process != null) {
					Predecessor predecessor = new Predecessor(process, master);
					expected.add(predecessor);
					this.control.expect(member.pid(), member.token(),
							(offered) -> this.mailbox.post(() -> take(predecessor, offered)));
				}
			}
			Files.deleteIfExists(socket);
			this.control.listen(socket);
		}
		catch (IOException ex) {
			this.log.warn("%s can't be read, so nobody is taken over from: %s".formatted(roster, Remedies.explain(ex)));
		}
		this.all.addAll(expected);
		return expected;
	}

	private void await(Duration patience) throws InterruptedException {
		long end = System.nanoTime() + patience.toNanos();
		while (System.nanoTime() < end && this.all.stream().anyMatch(Predecessor::isAwaited)) {
			Runnable task = this.mailbox.take(PACE);
			if (task != null) {
				task.run();
			}
		}
		this.all.removeIf((predecessor) -> !predecessor.process.isAlive());
	}

	private void take(Predecessor predecessor, Map<Listen, Integer> offered) {
		offered.forEach(
				(listen, descriptor) -> this.listeners.adopt(ListenAddress.of(listen), listen.number(), descriptor));
		predecessor.handedOver = true;
		if (this.released) {
			release(predecessor);
		}
	}

	private void release(Predecessor predecessor) {
		this.control.send(predecessor.process.pid(),
				new FromMaster.Drain(this.limits.graceful(), this.limits.idleGraceOnReplacement(), false));
		if (!predecessor.master) {
			predecessor.process.endWithin(this.limits.drain());
		}
	}

	/**
	 * One of them.
	 */
	private static final class Predecessor {

		private final ForeignProcess process;

		private final boolean master;

		private boolean handedOver;

		Predecessor(ForeignProcess process, boolean master) {
			this.process = process;
			this.master = master;
		}

		boolean isAwaited() {
			return !this.handedOver && this.process.isAlive();
		}

	}

}
