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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.prefork.boot.control.DrainPlan;
import io.prefork.boot.control.MasterConnection;
import io.prefork.boot.web.AcceptGate;
import io.prefork.boot.web.Connections;
import io.prefork.protocol.Message;
import io.prefork.protocol.RunDirectory;
import io.prefork.protocol.WorkerIdentity;

/**
 * This process as a worker: its connection to the master, and what the master can ask of
 * it. There is one per JVM, from before the first application context until the end.
 */
public final class WorkerRuntime {

	private static final Log logger = LogFactory.getLog(WorkerRuntime.class);

	private static final Duration IDLE_GRACE_WITHOUT_MASTER = Duration.ofSeconds(1);

	private static final Duration CLOSE_GRACE = Duration.ofSeconds(10);

	private static volatile @Nullable WorkerRuntime current;

	private final AcceptGate gate = new AcceptGate();

	private final Connections connections = new Connections();

	private final WorkerIdentity identity;

	private final Duration drainDelay;

	private final Duration gracefulTimeout;

	private final ProcessExit exit;

	private final DrainPlan drainPlan;

	private final MasterConnection master;

	WorkerRuntime(WorkerIdentity identity, Duration drainDelay, Duration gracefulTimeout, ProcessExit exit)
			throws IOException {
		this.identity = identity;
		this.drainDelay = drainDelay;
		this.gracefulTimeout = gracefulTimeout;
		this.exit = exit;
		this.drainPlan = new DrainPlan(drainDelay, gracefulTimeout);
		this.master = MasterConnection.open(identity, this::received, this::masterGone);
	}

	/**
	 * Become a worker.
	 * @param identity what the master says about this process
	 * @param drainDelay the wait between "not ready" and "stop accepting"
	 * @param gracefulTimeout the time to finish what is in flight
	 * @throws IOException if the master can't be reached
	 */
	public static synchronized void start(WorkerIdentity identity, Duration drainDelay, Duration gracefulTimeout)
			throws IOException {
		if (current == null) {
			TerminalSignals.ignore();
			current = new WorkerRuntime(identity, drainDelay, gracefulTimeout, new ProcessExit());
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
	 * The connection to the master.
	 * @return the connection
	 */
	public MasterConnection master() {
		return this.master;
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
	 * How this worker drains.
	 * @return the plan
	 */
	public DrainPlan drainPlan() {
		return this.drainPlan;
	}

	@Override
	public String toString() {
		return this.identity.toString();
	}

	private void received(Message message) {
		if (message instanceof Message.Accept) {
			this.gate.open();
		}
		else if (message instanceof Message.Drain drain) {
			this.drainPlan.stop(drain.budget().isZero() ? Duration.ZERO : this.drainDelay, drain.budget(),
					drain.idleGrace());
			this.exit.begin();
		}
	}

	private void masterGone() {
		if (logger.isWarnEnabled()) {
			logger.warn("The master is gone: %s drains and exits".formatted(this));
		}
		this.drainPlan.stop(Duration.ZERO, this.gracefulTimeout, IDLE_GRACE_WITHOUT_MASTER);
		this.exit.begin();
		// Without a master nobody else ends a worker whose shutdown is stuck.
		this.exit.forceAfter(this.gracefulTimeout.plus(CLOSE_GRACE));
		RunDirectory.removeAbandoned(this.identity.runDirectory());
	}

}
