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
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.Roster;
import io.prefork.contract.RunDirectoryFiles;
import io.prefork.launcher.directory.Belonging;
import io.prefork.launcher.edge.ProcessEdge;
import io.prefork.launcher.log.ErrnoHints;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.supervisor.WorkerId;

/**
 * Keeps the file that tells the next master whom this one leaves behind if it dies. The
 * master loop owns it.
 */
public final class WorkerRoster implements Belonging {

	private final Map<WorkerId, Roster.Member> members = new LinkedHashMap<>();

	private @Nullable Path file;

	private final ProcessEdge processes;

	private final MasterLog log;

	/**
	 * Create a roster.
	 * @param file the file; {@code null} if workers don't outlive their master
	 * @param processes knows when they were started
	 * @param log the master's log
	 */
	public WorkerRoster(@Nullable Path file, ProcessEdge processes, MasterLog log) {
		this.file = file;
		this.processes = processes;
		this.log = log;
	}

	/**
	 * Remember a worker.
	 * @param id the worker
	 * @param pid its process
	 * @param token the token that it has to show
	 */
	public void started(WorkerId id, long pid, String token) {
		String start = (this.file != null) ? this.processes.startOf(pid) : null;
		if (start != null) {
			this.members.put(id, new Roster.Member(pid, start, token));
			write();
		}
	}

	/**
	 * Forget a worker.
	 * @param id the worker
	 */
	public void ended(WorkerId id) {
		if (this.members.remove(id) != null) {
			write();
		}
	}

	@Override
	public boolean restore(Path directory) {
		Path place = RunDirectoryFiles.workersIn(directory);
		if (this.file == null || this.members.isEmpty() || (place.equals(this.file) && Files.exists(place))) {
			return false;
		}
		this.file = place;
		write();
		return true;
	}

	private void write() {
		try {
			if (this.file != null) {
				new Roster(this.members.values().stream().toList()).write(this.file);
			}
		}
		catch (IOException ex) {
			this.log.warn("%s can't be written, so a new master could not take over from this one: %s"
				.formatted(this.file, ErrnoHints.explain(ex)));
		}
	}

}
