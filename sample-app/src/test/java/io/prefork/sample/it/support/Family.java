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

package io.prefork.sample.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All processes that came from one we started, also those whose parents are gone: they
 * carry a mark in their environment.
 * <p>
 * A {@link ProcessHandle} knows the start time of its process, so that a pid that is used
 * again by someone else is neither waited for nor killed. Safe for use by many threads.
 */
final class Family {

	static final String MARK = "IT_SERVICE_ID";

	private static final char STOPPED = 'T';

	private static final char GONE = 'X';

	private static final String ENDED = "Z" + GONE;

	private final String id = UUID.randomUUID().toString();

	private final Set<ProcessHandle> seen = new LinkedHashSet<>();

	/**
	 * Return the value of the variable {@link #MARK} by which members are known.
	 * @return a unique value
	 */
	String id() {
		return this.id;
	}

	/**
	 * Look for members, those that left since stay known.
	 * @return all members ever seen, the oldest first
	 */
	synchronized List<ProcessHandle> scan() {
		String mark = MARK + "=" + this.id;
		ProcessHandle.allProcesses().filter((process) -> isMarked(process, mark)).forEach(this.seen::add);
		List.copyOf(this.seen).forEach((process) -> process.descendants().forEach(this.seen::add));
		return List.copyOf(this.seen);
	}

	synchronized void add(ProcessHandle process) {
		this.seen.add(process);
	}

	List<ProcessHandle> running() {
		return scan().stream().filter(Family::isRunning).toList();
	}

	/**
	 * Tell whether a process is there and not only waiting for its parent to notice its
	 * end.
	 * @param process the process
	 * @return whether it runs
	 */
	static boolean isRunning(ProcessHandle process) {
		return process.isAlive() && isRunning(process.pid());
	}

	static boolean isRunning(long pid) {
		return ENDED.indexOf(state(pid, "stat")) < 0;
	}

	/**
	 * Tell whether none of a process' threads goes on: they stop one by one.
	 * @param pid the process
	 * @return whether all have stopped or ended
	 */
	static boolean isStopped(long pid) {
		try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
			return entries.map((task) -> state(pid, "task/" + task.getFileName() + "/stat"))
				.allMatch((state) -> state == STOPPED || ENDED.indexOf(state) >= 0);
		}
		catch (IOException ex) {
			return !isRunning(pid);
		}
	}

	static int count(long pid, String directory) {
		try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), directory))) {
			return Math.toIntExact(entries.count());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the names of a process' threads. See proc_tid_comm(5).
	 * @param pid the process
	 * @return the names, cut at 15 characters
	 */
	static Set<String> threads(long pid) {
		try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
			return entries.map((task) -> read(pid, "task/" + task.getFileName() + "/comm").strip())
				.collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the state of a process or thread. See proc_pid_stat(5).
	 */
	private static char state(long pid, String file) {
		String stat = read(pid, file);
		int state = stat.lastIndexOf(')') + 2;
		return (stat.length() > state) ? stat.charAt(state) : GONE;
	}

	private static boolean isMarked(ProcessHandle process, String mark) {
		return read(process.pid(), "environ").contains(mark);
	}

	static String read(long pid, String file) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			return "";
		}
	}

}
