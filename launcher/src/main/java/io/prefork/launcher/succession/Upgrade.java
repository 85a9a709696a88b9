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
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.Roster;
import io.prefork.contract.RunDirectoryFiles;
import io.prefork.launcher.directory.RunDirectories;
import io.prefork.launcher.edge.ControlEdge;
import io.prefork.launcher.edge.Edges;
import io.prefork.launcher.edge.ListenEdge;
import io.prefork.launcher.edge.Mailbox;
import io.prefork.launcher.edge.MasterProcess;
import io.prefork.launcher.edge.ProcessEdge;
import io.prefork.launcher.log.ErrnoHints;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.log.Wording;
import io.prefork.protocol.FromWorker.Listen;

/**
 * Lets a new master take over from this one, which stays in charge until that one's
 * service is ready, and if it never is. Only in the master loop.
 */
final class Upgrade {

	/**
	 * How long a process may take to end after SIGTERM, or after it has let go of its
	 * predecessor.
	 */
	private static final Duration END_LIMIT = Duration.ofSeconds(20);

	private static final Duration WATCH = Duration.ofSeconds(5);

	private static final long FIRST_PROCESS = 1;

	private final RunDirectories directories;

	private final ProcessEdge processes;

	private final ListenEdge listeners;

	private final ControlEdge control;

	private final Mailbox mailbox;

	private final MasterLog log;

	private @Nullable UnderWay underWay;

	private CompletableFuture<?> cancellation = CompletableFuture.completedFuture(null);

	/**
	 * Create the means to be replaced.
	 * @param directories this master's directories
	 * @param edges the outside world
	 * @param mailbox the way into the master loop
	 * @param log the master's log
	 */
	Upgrade(RunDirectories directories, Edges edges, Mailbox mailbox, MasterLog log) {
		this.directories = directories;
		this.processes = edges.process();
		this.listeners = edges.listen();
		this.control = edges.control();
		this.mailbox = mailbox;
		this.log = log;
	}

	/**
	 * Begin, unless that can't be; the log says which.
	 * @param limit how long the new master's service may take to get ready
	 */
	void begin(Duration limit) {
		if (this.processes.ownPid() == FIRST_PROCESS) {
			this.log.error("upgrade refused: the master is process 1, and a container ends with it; "
					+ "send HUP for a reload, or start a new container");
		}
		else if (this.listeners.descriptors().isEmpty()) {
			this.log.error("upgrade refused: there is no listener to hand over yet");
		}
		else if (this.underWay != null) {
			this.log.warn("upgrade refused: the new master pid=%d is starting".formatted(this.underWay.master.pid()));
		}
		else {
			start(limit);
		}
	}

	/**
	 * Give an upgrade up that is under way, because this master stops. Returns at once.
	 */
	void cancel() {
		UnderWay upgrade = this.underWay;
		if (upgrade != null) {
			this.cancellation = end(upgrade);
		}
	}

	/**
	 * Wait for the end of a new master that is not wanted any more: it would serve on.
	 */
	void close() {
		cancel();
		this.cancellation.join();
	}

	private void start(Duration limit) {
		String token = this.control.newToken();
		try {
			Path directory = this.directories.restore().path();
			Path socket = RunDirectoryFiles.successorSocketIn(directory);
			String start = Objects.requireNonNull(this.processes.startOf(this.processes.ownPid()));
			new Roster(List.of(new Roster.Member(this.processes.ownPid(), start, token)))
				.write(RunDirectoryFiles.predecessorIn(directory));
			Files.deleteIfExists(socket);
			MasterProcess master = this.processes.startMaster(directory);
			UnderWay upgrade = new UnderWay(directory, master, this.control.awaitSocket(socket));
			this.underWay = upgrade;
			this.log.info("upgrade: the new master pid=%d is starting".formatted(master.pid()));
			upgrade.waits.whenComplete((done, failure) -> this.mailbox.post((loop) -> {
				if (failure == null) {
					handOver(upgrade, socket, token);
				}
				else {
					fail(upgrade, "can't be waited for: " + failure.getMessage());
				}
			}));
			master.onExit().thenRun(() -> this.mailbox.post((loop) -> ended(upgrade)));
			watch(upgrade);
			this.mailbox.postAfter(limit, (loop) -> fail(upgrade,
					"was not ready within %d s (prefork.reload.timeout)".formatted(limit.toSeconds())));
		}
		catch (IOException ex) {
			this.log.error("upgrade failed: the new master can't be started: " + ErrnoHints.explain(ex));
		}
	}

	private void handOver(UnderWay upgrade, Path socket, String token) {
		if (upgrade.equals(this.underWay)) {
			this.listeners.fix(true);
			this.control.handOver(socket, token, descriptors()).thenAccept((inCharge) -> this.mailbox.post((loop) -> {
				if (!inCharge) {
					// Its end, if it comes, tells more.
					this.mailbox.postAfter(END_LIMIT, (later) -> fail(upgrade, "let go of its predecessor"));
				}
				else if (upgrade.equals(this.underWay)) {
					this.underWay = null;
					this.log.info("upgrade succeeded: the new master pid=%d serves, this one drains and leaves"
						.formatted(upgrade.master.pid()));
					loop.replacedBy(upgrade.master.pid());
				}
			}));
		}
	}

	/**
	 * Look at the new master now and then: when the machine has no thread left nobody
	 * tells its end.
	 * @param upgrade the upgrade
	 */
	private void watch(UnderWay upgrade) {
		this.mailbox.postAfter(WATCH, (loop) -> {
			if (upgrade.equals(this.underWay)) {
				if (upgrade.master.isAlive()) {
					watch(upgrade);
				}
				else {
					ended(upgrade);
				}
			}
		});
	}

	private void ended(UnderWay upgrade) {
		fail(upgrade, Wording.of(upgrade.master.end()));
	}

	private void fail(UnderWay upgrade, String why) {
		if (upgrade.equals(this.underWay)) {
			end(upgrade).thenRun(() -> this.mailbox.post((loop) -> {
				if (this.underWay == null) {
					removeFiles(upgrade.directory);
				}
				this.log.error("upgrade failed, this master goes on: the new master pid=%d %s"
					.formatted(upgrade.master.pid(), why));
			}));
		}
	}

	private CompletableFuture<?> end(UnderWay upgrade) {
		this.underWay = null;
		this.listeners.fix(false);
		upgrade.waits.cancel(false);
		upgrade.master.terminate();
		return upgrade.master.endWithin(END_LIMIT);
	}

	private void removeFiles(Path directory) {
		try {
			Files.deleteIfExists(RunDirectoryFiles.successorSocketIn(directory));
			Files.deleteIfExists(RunDirectoryFiles.predecessorIn(directory));
		}
		catch (IOException ex) {
			this.log.warn("what the upgrade has left can't be removed: " + ErrnoHints.explain(ex));
		}
	}

	private Map<Listen, Integer> descriptors() {
		Map<Listen, Integer> descriptors = new LinkedHashMap<>();
		this.listeners.descriptors()
			.forEach((address, sockets) -> sockets
				.forEach((number, descriptor) -> descriptors.put(address.request(number), descriptor)));
		return descriptors;
	}

	/**
	 * An upgrade that is under way.
	 *
	 * @param directory the directory by which they meet
	 * @param master the new master
	 * @param waits completes when it waits for the listeners
	 */
	private record UnderWay(Path directory, MasterProcess master, CompletableFuture<Void> waits) {

	}

}
