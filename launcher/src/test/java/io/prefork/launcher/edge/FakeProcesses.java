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

package io.prefork.launcher.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.WorkerIdentity;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.supervisor.ProcessEnd;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.status.ProcessStatus.Usage;

/**
 * Processes that are none.
 */
public final class FakeProcesses implements ProcessEdge {

	private static final int FIRST_CHILD = 1000;

	private final Map<Long, FakeProcess> others = new LinkedHashMap<>();

	private final List<FakeProcess> masters = new ArrayList<>();

	private final Map<WorkerId, FakeProcess> workers = new LinkedHashMap<>();

	private long ownPid = 100;

	private @Nullable IOException failure;

	private long lastPid = FIRST_CHILD;

	@Override
	public long ownPid() {
		return this.ownPid;
	}

	public void ownPid(long ownPid) {
		this.ownPid = ownPid;
	}

	/**
	 * Let nothing be started from now on.
	 * @param message why
	 */
	public void fail(String message) {
		this.failure = new IOException(message);
	}

	@Override
	public WorkerProcess start(WorkerId id, JavaCommand command, WorkerIdentity identity, boolean awaited)
			throws IOException {
		FakeProcess process = start();
		process.awaited = awaited;
		this.workers.put(id, process);
		return process;
	}

	@Override
	public MasterProcess startMaster(Path directory) throws IOException {
		FakeProcess process = start();
		this.masters.add(process);
		return process;
	}

	@Override
	public @Nullable OtherProcess find(long pid, String start) {
		return this.others.get(pid);
	}

	@Override
	public @Nullable String startOf(long pid) {
		return "1@boot";
	}

	@Override
	public void killAll() {
		this.workers.values().forEach(FakeProcess::kill);
	}

	/**
	 * Add a process that lives.
	 * @param pid its id
	 * @return the process
	 */
	public FakeProcess other(long pid) {
		return this.others.computeIfAbsent(pid, FakeProcess::new);
	}

	public FakeProcess worker(WorkerId id) {
		FakeProcess process = this.workers.get(id);
		if (process == null) {
			throw new AssertionError("There is no worker " + id);
		}
		return process;
	}

	/**
	 * The new master that was started last.
	 * @return its process
	 */
	public FakeProcess master() {
		return this.masters.get(this.masters.size() - 1);
	}

	private FakeProcess start() throws IOException {
		if (this.failure != null) {
			throw this.failure;
		}
		return new FakeProcess(++this.lastPid);
	}

	/**
	 * One of them. It ends when the test says so, or when it is killed.
	 */
	public static final class FakeProcess implements WorkerProcess, MasterProcess {

		@Override
		public boolean maps(Path file) {
			return false;
		}

		private final CompletableFuture<Void> exit = new CompletableFuture<>();

		private final List<String> signals = new ArrayList<>();

		private final long pid;

		private boolean awaited;

		private ProcessEnd end = new ProcessEnd.Exited(0);

		private FakeProcess(long pid) {
			this.pid = pid;
		}

		@Override
		public long pid() {
			return this.pid;
		}

		@Override
		public boolean isAlive() {
			return !this.exit.isDone();
		}

		@Override
		public CompletableFuture<?> onExit() {
			return this.exit.copy();
		}

		@Override
		public CompletableFuture<?> endWithin(Duration limit) {
			this.signals.add("KILL after " + limit.toSeconds() + " s");
			if (limit.isZero()) {
				exits(new ProcessEnd.Killed(9, "KILL"));
			}
			return this.exit.copy();
		}

		@Override
		public Usage usage() {
			return new Usage(Duration.ofSeconds(1), 2, 3);
		}

		@Override
		public void hasten() {
			this.awaited = true;
		}

		public boolean isAwaited() {
			return this.awaited;
		}

		@Override
		public void terminate() {
			this.signals.add("TERM");
		}

		@Override
		public void kill() {
			this.signals.add("KILL");
		}

		@Override
		public ProcessEnd end() {
			return this.end;
		}

		public List<String> signals() {
			return this.signals;
		}

		/**
		 * End.
		 * @param end how
		 */
		public void exits(ProcessEnd end) {
			this.end = end;
			this.exit.complete(null);
		}

	}

}
