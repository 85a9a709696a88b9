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

package io.prefork.boot.lifecycle;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.control.MasterConnection;
import io.prefork.boot.drain.Connections;
import io.prefork.boot.drain.DrainPlan;
import io.prefork.boot.leader.LeaderRole;
import io.prefork.boot.liveness.EventLoops;
import io.prefork.boot.liveness.HeartbeatSender;
import io.prefork.boot.liveness.StartProgress;
import io.prefork.boot.liveness.ThreadDump;
import io.prefork.boot.web.ReceivedSockets;
import io.prefork.contract.RunDirectoryFiles;
import io.prefork.contract.Scoreboard;
import io.prefork.contract.WorkerIdentity;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;
import io.prefork.rundir.RunDirectory;

/**
 * This process as a worker: its connection to the master, and what the master can ask of
 * it. There is one per JVM, from before the first application context until the end.
 */
public final class WorkerRuntime {

	/**
	 * The system property that says in which slot a worker serves that was a spare.
	 */
	public static final String WORKER_PROPERTY = "prefork.worker";

	private static final String SPARE = "spare";

	private static final Log logger = LogFactory.getLog(WorkerRuntime.class);

	private static final Duration IDLE_GRACE_WITHOUT_MASTER = Duration.ofSeconds(1);

	private static final Duration CLOSE_GRACE = Duration.ofSeconds(10);

	private static volatile @Nullable WorkerRuntime current;

	private final EventLoops loops = new EventLoops();

	private final AcceptGate gate = new AcceptGate();

	private final LeaderRole leader;

	private final Scoreboard.Line line;

	private final Connections connections;

	private final WorkerIdentity identity;

	private final WorkerSettings settings;

	private final ProcessExit exit;

	private final DrainPlan drainPlan;

	private final MasterConnection master;

	private final HeartbeatSender heartbeats;

	private final CompletableFuture<@Nullable Void> accepting = new CompletableFuture<>();

	private volatile boolean ready;

	private volatile String slot;

	WorkerRuntime(WorkerIdentity identity, WorkerSettings settings, ProcessExit exit) throws IOException {
		Scoreboard scoreboard = Scoreboard.open(RunDirectoryFiles.scoreboardIn(identity.runDirectory()));
		this.identity = identity;
		this.settings = settings;
		this.line = scoreboard.line(identity.line());
		this.connections = new Connections(scoreboard, identity.line(), settings.connections(), this.gate);
		this.exit = exit;
		this.leader = new LeaderRole(RunDirectoryFiles.leaderIn(identity.runDirectory()));
		this.drainPlan = new DrainPlan(settings.drainDelay(), settings.gracefulTimeout());
		this.master = MasterConnection.open(identity, new Orders(), new ReceivedSockets(this.gate), this::masterGone);
		this.heartbeats = new HeartbeatSender(this.loops, this.connections.requests(), settings.stallThreshold(),
				(now) -> this.line.seen(this.gate.isAccepting() ? now : 0), this.master::send);
		this.leader.listen((leads) -> this.master.send(new FromWorker.Leading(leads)));
		this.gate.lost().thenRun(this::listenerLost);
		this.slot = identity.isSpare() ? SPARE : Integer.toString(identity.slot());
		if (identity.isSpare()) {
			System.setProperty(WORKER_PROPERTY, SPARE);
		}
	}

	/**
	 * Become a worker.
	 * @param identity what the master says about this process
	 * @param settings what it has to keep to
	 * @throws IOException if the master can't be reached
	 */
	public static synchronized void start(WorkerIdentity identity, WorkerSettings settings) throws IOException {
		if (current == null) {
			current = new WorkerRuntime(identity, settings, new ProcessExit());
		}
	}

	/**
	 * This process as a worker.
	 * @return the worker, or {@code null} if this process is not one
	 */
	public static @Nullable WorkerRuntime current() {
		return current;
	}

	/**
	 * Who this worker is.
	 * @return the identity
	 */
	public WorkerIdentity identity() {
		return this.identity;
	}

	/**
	 * The slot in which this worker serves.
	 * @return the number of the slot, or "spare" as long as it has none
	 */
	public String slot() {
		return this.slot;
	}

	/**
	 * When this worker has begun to accept connections.
	 * @return completed then, on the control thread, which must not be held up
	 */
	CompletableFuture<@Nullable Void> accepting() {
		return this.accepting;
	}

	/**
	 * The connection to the master.
	 * @return the connection
	 */
	public MasterConnection master() {
		return this.master;
	}

	/**
	 * Whether this worker is the leader.
	 * @return its role
	 */
	public LeaderRole leader() {
		return this.leader;
	}

	/**
	 * Whether this worker accepts.
	 * @return the gate
	 */
	public AcceptGate gate() {
		return this.gate;
	}

	/**
	 * This worker's connections.
	 * @return the connections
	 */
	public Connections connections() {
		return this.connections;
	}

	/**
	 * The event loops whose life counts.
	 * @return the loops
	 */
	public EventLoops loops() {
		return this.loops;
	}

	/**
	 * How this worker drains.
	 * @return the plan
	 */
	public DrainPlan drainPlan() {
		return this.drainPlan;
	}

	/**
	 * Tell the master that this worker serves, and from now on that it is alive; if the
	 * worker has to ask itself first, later and on another thread.
	 */
	void ready() {
		this.settings.requests().ask(this.gate, !this.identity.isFirst(), this.connections.requests(), this::ready);
	}

	/**
	 * Whether this worker serves, or has served: until then all requests are its own.
	 * @return {@code true} from the moment on from which it accepts
	 */
	public boolean hasServed() {
		return this.accepting.isDone();
	}

	private void ready(int probe) {
		this.ready = true;
		this.master.send(new FromWorker.Ready(probe));
		this.heartbeats.start();
	}

	@Override
	public String toString() {
		return this.identity.toString();
	}

	private void listenerLost() {
		logger.error("A listener of %s is closed, so it drains and exits".formatted(this));
		this.exit.begin();
	}

	private void masterGone() {
		if (this.settings.servesOn() && this.gate.isOpen()) {
			awaitNewMaster();
		}
		else {
			leave();
		}
	}

	private void awaitNewMaster() {
		if (logger.isWarnEnabled()) {
			logger.warn("The master is gone: %s serves on and waits for a new one".formatted(this));
		}
		this.gate.serveAlone();
		FromMaster.Drain drain = NewMaster.await(this.identity.socket(), this.identity.token(), this.master.listeners(),
				this.gate::isOpen);
		if (drain != null) {
			logger.info("A new master has taken over: %s drains and exits".formatted(this));
			new Orders().drain(drain);
			this.exit.forceAfter(drain.budget().plus(this.settings.drainDelay()).plus(CLOSE_GRACE));
		}
	}

	private void leave() {
		if (logger.isWarnEnabled()) {
			logger.warn("The master is gone: %s drains and exits".formatted(this));
		}
		this.leader.choose(false);
		this.drainPlan.change(Duration.ZERO, this.settings.gracefulTimeout(), IDLE_GRACE_WITHOUT_MASTER, true);
		this.exit.begin();
		// Without a master nobody else ends a worker whose shutdown is stuck.
		this.exit.forceAfter(this.settings.gracefulTimeout().plus(CLOSE_GRACE));
		RunDirectory.removeAbandoned(this.identity.runDirectory());
	}

	/**
	 * Does what the master says.
	 */
	private final class Orders implements FromMaster.OrderHandler {

		@Override
		public void accept(FromMaster.Accept message) {
			WorkerRuntime.this.slot = Integer.toString(message.slot());
			if (WorkerRuntime.this.identity.isSpare()) {
				System.setProperty(WORKER_PROPERTY, WorkerRuntime.this.slot);
			}
			WorkerRuntime.this.line.begun(System.nanoTime(), WorkerRuntime.this.settings.slowStart());
			WorkerRuntime.this.gate.open();
			WorkerRuntime.this.accepting.complete(null);
		}

		@Override
		public void lead(FromMaster.Lead message) {
			WorkerRuntime.this.leader.choose(message.leads());
		}

		@Override
		public void drain(FromMaster.Drain message) {
			Duration delay = message.budget().isZero() ? Duration.ZERO : WorkerRuntime.this.settings.drainDelay();
			WorkerRuntime.this.drainPlan.change(delay, message.budget(), message.idleGrace(), message.lastCall());
			if (message.lastCall()) {
				WorkerRuntime.this.gate.serveAlone();
			}
			WorkerRuntime.this.exit.begin();
		}

		@Override
		public void dump() {
			if (!WorkerRuntime.this.ready) {
				WorkerRuntime.this.master.send(new FromWorker.Failed(StartProgress.describe()));
			}
			logger.warn("Thread dump of %s, which is about to be replaced:%n%s".formatted(WorkerRuntime.this,
					ThreadDump.take()));
		}

		@Override
		public void reopenLogs() {
			LogFiles.reopen();
		}

	}

}
