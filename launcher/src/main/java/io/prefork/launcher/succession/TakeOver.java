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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.Roster;
import io.prefork.contract.RunDirectoryFiles;
import io.prefork.launcher.edge.ControlEdge;
import io.prefork.launcher.edge.Edges;
import io.prefork.launcher.edge.HolderSession;
import io.prefork.launcher.edge.ListenAddress;
import io.prefork.launcher.edge.ListenEdge;
import io.prefork.launcher.edge.Mailbox;
import io.prefork.launcher.edge.OtherProcess;
import io.prefork.launcher.edge.ProcessEdge;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.log.Wording;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.launcher.supervisor.TimeLimits;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker.Listen;
import io.prefork.rundir.RunDirectory;

/**
 * Takes over from processes that serve when this master starts: the old master that has
 * started it, or workers whose master is dead. They hand over their listeners, go on
 * serving, and are told to leave when this master's service is ready. Only in the master
 * loop.
 */
final class TakeOver {

	private static final Duration MASTER_PATIENCE = Duration.ofSeconds(30);

	private static final Duration WORKER_PATIENCE = Duration.ofSeconds(5);

	private final List<Holder> holders = new ArrayList<>();

	private final Map<RunDirectory, List<Holder>> inherited = new LinkedHashMap<>();

	private final ProcessEdge processes;

	private final ListenEdge listeners;

	private final ControlEdge control;

	private final TimeLimits limits;

	private final Mailbox mailbox;

	private final MasterLog log;

	private boolean released;

	private @Nullable Runnable settled;

	/**
	 * Create the means to take over.
	 * @param limits how long those that leave may take
	 * @param edges the outside world
	 * @param mailbox the way into the master loop
	 * @param log the master's log
	 */
	TakeOver(TimeLimits limits, Edges edges, Mailbox mailbox, MasterLog log) {
		this.limits = limits;
		this.processes = edges.process();
		this.listeners = edges.listen();
		this.control = edges.control();
		this.mailbox = mailbox;
		this.log = log;
	}

	/**
	 * Take over from the master that started this one; without its listeners this one
	 * can't begin.
	 * @param directory that master's run directory
	 * @param begin what to do when it has handed them over
	 */
	void fromMaster(Path directory, Runnable begin) {
		expect(RunDirectoryFiles.predecessorIn(directory), RunDirectoryFiles.successorSocketIn(directory), true);
		await(MASTER_PATIENCE, () -> {
			if (isHandedOver()) {
				begin.run();
			}
			else {
				this.log
					.error("The master whose run directory is %s did not hand over its listeners".formatted(directory));
				this.mailbox.post((loop) -> loop.end(ExitCodes.INTERNAL_ERROR));
			}
		});
	}

	/**
	 * Take over from workers that wait for a new master. Those that don't answer would
	 * hold the port, so they are killed if nobody else has handed it over.
	 * @param directories the dead masters' run directories
	 * @param begin what to do when nobody holds the port any more, on any thread
	 */
	void fromWorkers(List<RunDirectory> directories, Runnable begin) {
		directories.forEach(this::expectWorkers);
		await(WORKER_PATIENCE, () -> {
			Stream<Holder> silent = isHandedOver() ? Stream.empty() : this.holders.stream();
			CompletableFuture
				.allOf(silent.filter((holder) -> holder.process.isAlive())
					.map(this::kill)
					.toArray(CompletableFuture<?>[]::new))
				.thenRun(begin);
		});
	}

	/**
	 * Expect workers that wait for a new master, of whom nothing is needed but that they
	 * leave.
	 * @param directories the dead masters' run directories
	 */
	void dismiss(List<RunDirectory> directories) {
		directories.forEach(this::expectWorkers);
		if (this.released) {
			this.holders.forEach(this::release);
		}
	}

	boolean hasHolders() {
		return !this.holders.isEmpty();
	}

	/**
	 * Tell everybody to leave: this master's service is ready, or nobody wants it any
	 * more.
	 */
	void release() {
		if (!this.released) {
			this.released = true;
			this.holders.forEach(this::release);
		}
	}

	/**
	 * Remove what dead masters left, though the JDK, which looks now and then, may not
	 * have seen yet that their workers have ended.
	 */
	void close() {
		this.inherited.forEach((directory, workers) -> {
			if (workers.stream().noneMatch((worker) -> worker.process.isAlive())) {
				directory.close();
			}
		});
	}

	private void expectWorkers(RunDirectory directory) {
		List<Holder> workers = expect(RunDirectoryFiles.workersIn(directory.path()),
				RunDirectoryFiles.socketIn(directory.path()), false);
		if (!workers.isEmpty()) {
			this.log
				.info("takes over from %s of a dead master: pid=%s".formatted(Wording.count(workers.size(), "worker"),
						String.join(",", workers.stream().map((worker) -> "" + worker.process.pid()).toList())));
		}
		this.inherited.put(directory, workers);
		CompletableFuture
			.allOf(workers.stream().map((worker) -> worker.process.onExit()).toArray(CompletableFuture<?>[]::new))
			.thenRun(directory::close);
	}

	private List<Holder> expect(Path roster, Path socket, boolean master) {
		List<Holder> expected = new ArrayList<>();
		try {
			for (Roster.Member member : Roster.read(roster).members()) {
				OtherProcess process = this.processes.find(member.pid(), member.start());
				if (process != null) {
					expected.add(expect(process, master, member.token()));
				}
			}
			Files.deleteIfExists(socket);
			this.control.listen(socket);
		}
		catch (IOException | UncheckedIOException ex) {
			this.log.warn("%s can't be read, so nobody is taken over from: %s".formatted(roster, ex.getMessage()));
		}
		this.holders.addAll(expected);
		return expected;
	}

	private Holder expect(OtherProcess process, boolean master, String token) {
		Holder holder = new Holder(process, master);
		holder.session = this.control.expect(process.pid(), token,
				(offered) -> this.mailbox.post((loop) -> take(holder, offered)));
		process.onExit().thenRun(() -> this.mailbox.post((loop) -> settle()));
		return holder;
	}

	/**
	 * Wait until all have handed over or ended, or for as long as they may take.
	 * @param patience how long that is
	 * @param settled what to do then
	 */
	private void await(Duration patience, Runnable settled) {
		this.settled = settled;
		this.mailbox.postAfter(patience, (loop) -> settleNow());
		settle();
	}

	private void settle() {
		if (this.holders.stream().noneMatch(Holder::isAwaited)) {
			settleNow();
		}
	}

	private void settleNow() {
		Runnable next = this.settled;
		if (next != null) {
			this.settled = null;
			next.run();
		}
	}

	private boolean isHandedOver() {
		return this.holders.stream().anyMatch((holder) -> holder.handedOver);
	}

	private CompletableFuture<?> kill(Holder silent) {
		this.log.warn("worker pid=%d of the last master does not answer and is killed, because it holds the port"
			.formatted(silent.process.pid()));
		return silent.process.endWithin(Duration.ZERO);
	}

	private void take(Holder holder, Map<Listen, Integer> offered) {
		offered.forEach(
				(listen, descriptor) -> this.listeners.adopt(ListenAddress.of(listen), listen.number(), descriptor));
		holder.handedOver = true;
		if (this.released) {
			release(holder);
		}
		settle();
	}

	private void release(Holder holder) {
		if (holder.session != null) {
			holder.session
				.send(new FromMaster.Drain(this.limits.graceful(), this.limits.idleGraceOnReplacement(), false));
		}
		if (!holder.master) {
			holder.process.endWithin(this.limits.drain());
		}
	}

	/**
	 * A process that holds listeners.
	 */
	private static final class Holder {

		private final OtherProcess process;

		private final boolean master;

		private @Nullable HolderSession session;

		private boolean handedOver;

		private Holder(OtherProcess process, boolean master) {
			this.process = process;
			this.master = master;
		}

		private boolean isAwaited() {
			return !this.handedOver && this.process.isAlive();
		}

	}

}
