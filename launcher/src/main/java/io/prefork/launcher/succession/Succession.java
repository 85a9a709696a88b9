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
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.RunDirectoryFiles;
import io.prefork.launcher.directory.RunDirectories;
import io.prefork.launcher.edge.Edges;
import io.prefork.launcher.edge.Mailbox;
import io.prefork.launcher.log.ErrnoHints;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.supervisor.Decision;
import io.prefork.launcher.supervisor.Event;
import io.prefork.launcher.supervisor.TimeLimits;
import io.prefork.rundir.RunDirectory;

/**
 * Who was before this master, and who comes after it. Only in the master loop.
 */
public final class Succession {

	private final RunDirectories directories;

	private final PidWriter pidFile;

	private final TakeOver takeOver;

	private final Upgrade upgrade;

	private final Mailbox mailbox;

	private final MasterLog log = new MasterLog();

	private @Nullable Path predecessor;

	/**
	 * Create a succession.
	 * @param directories this master's directories
	 * @param pidFile names the master
	 * @param limits the limits of the first generation
	 * @param edges the outside world
	 * @param mailbox the way into the master loop
	 */
	public Succession(RunDirectories directories, PidWriter pidFile, TimeLimits limits, Edges edges, Mailbox mailbox) {
		this.directories = directories;
		this.pidFile = pidFile;
		this.takeOver = new TakeOver(limits, edges, mailbox, this.log);
		this.upgrade = new Upgrade(directories, edges, mailbox, this.log);
		this.mailbox = mailbox;
	}

	/**
	 * Get the listeners of those who serve, before a worker asks for one.
	 * @param predecessor the run directory of the master that this one succeeds;
	 * {@code null} if it does not
	 * @param begin what to do when there are no others to get, on any thread
	 */
	public void takeListeners(@Nullable Path predecessor, Runnable begin) {
		this.predecessor = predecessor;
		if (predecessor != null) {
			shareLeader(predecessor);
			this.takeOver.fromMaster(predecessor, begin);
			Thread thread = new Thread(this::claim, "prefork-claim");
			thread.setDaemon(true);
			thread.start();
		}
		else {
			List<RunDirectory> orphaned = this.directories.orphaned();
			orphaned.forEach((directory) -> shareLeader(directory.path()));
			this.takeOver.fromWorkers(orphaned, begin);
		}
	}

	/**
	 * Let the workers of this master lock the same file as those that serve, so that the
	 * next leader begins only when theirs has stopped.
	 * @param directory the run directory of those that serve
	 */
	private void shareLeader(Path directory) {
		Path theirs = RunDirectoryFiles.leaderIn(directory);
		Path own = RunDirectoryFiles.leaderIn(this.directories.own().path());
		try {
			if (Files.exists(theirs, LinkOption.NOFOLLOW_LINKS) && !Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
				Files.createLink(own, theirs);
			}
		}
		catch (IOException | UnsupportedOperationException ex) {
			this.log.warn("%s can't be shared, so the next leader may begin before the last one has stopped: %s"
				.formatted(theirs, ex));
		}
	}

	/**
	 * Whether the service was another master's before.
	 * @return {@code true} if somebody served when this master started
	 */
	public boolean takesOver() {
		return this.predecessor != null || this.takeOver.hasHolders();
	}

	/**
	 * This master's service is announced. A new master is in charge with all its workers,
	 * or not at all.
	 * @param announce what is announced
	 */
	public void announced(Decision.Announce announce) {
		if (this.predecessor == null) {
			this.takeOver.release();
		}
		else if (announce.ready() < announce.workers()) {
			this.log.error("only %d of %d workers got ready, so the old master stays".formatted(announce.ready(),
					announce.workers()));
			this.mailbox.post(new Event.StopRequested(true));
		}
		else {
			this.takeOver.release();
			writePidFile();
		}
	}

	/**
	 * Begin to replace this master.
	 * @param limit how long the new master's service may take to get ready
	 */
	public void upgrade(Duration limit) {
		this.upgrade.begin(limit);
	}

	/**
	 * This master stops, so nobody has to take over from it.
	 */
	public void stopping() {
		this.upgrade.cancel();
	}

	/**
	 * This master has stopped because that was asked for, so nobody has to serve on who
	 * waited for it.
	 */
	public void stopped() {
		if (this.predecessor == null) {
			this.takeOver.release();
		}
	}

	/**
	 * Wait for the end of a new master that is not wanted any more, and remove what dead
	 * masters left.
	 */
	public void close() {
		this.takeOver.close();
		this.upgrade.close();
	}

	private void writePidFile() {
		try {
			this.pidFile.replace();
		}
		catch (IOException ex) {
			this.log.warn("the pid file names the old master: " + ErrnoHints.explain(ex));
		}
	}

	/**
	 * Wait for the old master's end, which may be a sudden one and leave workers behind.
	 */
	private void claim() {
		try {
			this.directories.awaitClaim();
			List<RunDirectory> orphaned = this.directories.orphaned();
			this.mailbox.post((loop) -> this.takeOver.dismiss(orphaned));
		}
		catch (IOException ex) {
			this.log.warn("the run directory is not this master's: " + ErrnoHints.explain(ex));
		}
	}

	/**
	 * Names the master in a file.
	 */
	@FunctionalInterface
	public interface PidWriter {

		/**
		 * Write the file, whoever has it.
		 * @throws IOException if it can't be written
		 */
		void replace() throws IOException;

	}

}
