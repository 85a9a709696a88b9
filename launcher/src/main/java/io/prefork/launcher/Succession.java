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
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.RunDirectories;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.process.PidFile;
import io.prefork.launcher.supervisor.Decision;
import io.prefork.launcher.supervisor.Event;
import io.prefork.protocol.RunDirectory;

/**
 * Where this master stands between those who served before it and the one that will: it
 * takes over when its service is ready, and hands over when it is upgraded. The master
 * loop owns it.
 */
final class Succession implements AutoCloseable {

	private final RunDirectories directories;

	private final PidFile pidFile;

	private final Predecessors predecessors;

	private final Upgrade upgrade;

	private final Mailbox mailbox;

	private final MasterLog log;

	private @Nullable Path predecessor;

	Succession(RunDirectories directories, PidFile pidFile, Predecessors predecessors, Upgrade upgrade, Mailbox mailbox,
			MasterLog log) {
		this.directories = directories;
		this.pidFile = pidFile;
		this.predecessors = predecessors;
		this.upgrade = upgrade;
		this.mailbox = mailbox;
		this.log = log;
	}

	/**
	 * Get the listeners of those who serve, before a worker asks for one.
	 * @param predecessor the run directory of the master that this one succeeds;
	 * {@code null} if it does not
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	void takeListeners(@Nullable Path predecessor) throws InterruptedException {
		this.predecessor = predecessor;
		if (predecessor != null) {
			this.predecessors.succeed(predecessor);
			Thread thread = new Thread(this::claim, "prefork-claim");
			thread.setDaemon(true);
			thread.start();
		}
		else {
			this.predecessors.adopt(this.directories.orphaned());
		}
	}

	/**
	 * This master's service is announced. A successor is in charge with all its workers,
	 * or not at all.
	 * @param announce what is announced
	 * @param supervisor is told if the master has to end
	 */
	void announced(Decision.Announce announce, Consumer<Event> supervisor) {
		if (this.predecessor == null) {
			this.predecessors.release();
		}
		else if (announce.ready() < announce.workers()) {
			this.log.error("only %d of %d workers got ready, so the old master stays".formatted(announce.ready(),
					announce.workers()));
			supervisor.accept(new Event.StopRequested(true));
		}
		else {
			this.predecessors.release();
			writePidFile();
		}
	}

	/**
	 * Begin to replace this master.
	 */
	void upgrade() {
		this.upgrade.begin();
	}

	/**
	 * This master stops, so nobody has to take over from it.
	 */
	void stopping() {
		this.upgrade.cancel();
	}

	/**
	 * This master has stopped because that was asked for, so nobody has to serve on who
	 * waited for it.
	 */
	void stopped() {
		if (this.predecessor == null) {
			this.predecessors.release();
		}
	}

	@Override
	public void close() {
		this.predecessors.close();
		this.upgrade.close();
	}

	private void writePidFile() {
		try {
			this.pidFile.replace();
		}
		catch (IOException ex) {
			this.log.warn("the pid file names the old master: " + Remedies.explain(ex));
		}
	}

	/**
	 * Wait for the old master's end, which may be a sudden one and leave workers behind.
	 */
	private void claim() {
		try {
			this.directories.awaitClaim();
			List<RunDirectory> orphaned = this.directories.orphaned();
			this.mailbox.post(() -> this.predecessors.dismiss(orphaned));
		}
		catch (IOException ex) {
			this.log.warn("the run directory is not this master's: " + Remedies.explain(ex));
		}
	}

}
