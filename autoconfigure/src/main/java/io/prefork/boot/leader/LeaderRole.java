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

package io.prefork.boot.leader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the master says about who leads, and what this worker makes of it: it leads when
 * it was chosen and has the lock, and gives the lock back when all that it began as the
 * leader has ended. Thread-safe.
 */
public final class LeaderRole implements Leadership {

	private static final Log logger = LogFactory.getLog(LeaderRole.class);

	/**
	 * How often a worker that was chosen looks whether the old leader has stopped, in
	 * milliseconds.
	 */
	private static final long PACE = 50;

	private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();

	private final LeaderLock lock;

	private @Nullable Thread thread;

	private boolean chosen;

	private boolean leads;

	private int running;

	/**
	 * Create the role of a worker that does not lead yet.
	 * @param file the file that the leader locks
	 */
	public LeaderRole(Path file) {
		this.lock = new LeaderLock(file);
	}

	/**
	 * Tell somebody when this worker has begun to lead, and when it begins nothing more
	 * as the leader. The next leader begins when all listeners have returned.
	 * @param listener is told, on a thread of this role, on which nothing else happens
	 * meanwhile
	 */
	public void listen(Consumer<Boolean> listener) {
		this.listeners.add(listener);
	}

	/**
	 * The master has chosen this worker, or another one; or this worker leaves. Returns
	 * at once.
	 * @param chosen whether this worker has to lead
	 */
	public synchronized void choose(boolean chosen) {
		this.chosen = chosen;
		if (chosen && this.thread == null) {
			Thread thread = new Thread(this::serve, "prefork-leader");
			thread.setDaemon(true);
			thread.start();
			this.thread = thread;
		}
		notifyAll();
	}

	@Override
	public synchronized boolean isLeader() {
		return this.leads && this.chosen;
	}

	@Override
	public boolean run(Runnable work) {
		if (!enter()) {
			return false;
		}
		try {
			work.run();
			return true;
		}
		finally {
			leave();
		}
	}

	private synchronized boolean enter() {
		if (isLeader() && this.lock.isReplaced()) {
			this.leads = false;
			notifyAll();
		}
		if (!isLeader()) {
			return false;
		}
		this.running++;
		return true;
	}

	private synchronized void leave() {
		this.running--;
		notifyAll();
	}

	private void serve() {
		try {
			while (true) {
				begin();
				tell(true);
				awaitEnd();
				tell(false);
				awaitIdle();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Wait until this worker was chosen and the old leader has stopped.
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	private synchronized void begin() throws InterruptedException {
		boolean failed = false;
		while (!this.leads) {
			if (!this.chosen) {
				wait();
				continue;
			}
			try {
				this.leads = this.lock.tryAcquire();
			}
			catch (IOException ex) {
				if (!failed) {
					logger.error("This worker was chosen as the leader, and can't lead until it can lock the file", ex);
				}
				failed = true;
			}
			if (!this.leads) {
				wait(PACE);
			}
		}
	}

	private synchronized void awaitEnd() throws InterruptedException {
		while (isLeader()) {
			wait();
		}
		this.leads = false;
	}

	private synchronized void awaitIdle() throws InterruptedException {
		while (this.running > 0) {
			wait();
		}
		try {
			this.lock.release();
		}
		catch (IOException ex) {
			logger.debug("The lock of the leader was given up, whatever that says", ex);
		}
	}

	private void tell(boolean leads) {
		for (Consumer<Boolean> listener : this.listeners) {
			try {
				listener.accept(leads);
			}
			catch (RuntimeException ex) {
				logger.error("A listener for the change of the leader has failed", ex);
			}
		}
	}

}
