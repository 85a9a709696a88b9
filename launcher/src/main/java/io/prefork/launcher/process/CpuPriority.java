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

package io.prefork.launcher.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a process boot without taking CPU time from those that serve: it begins with a
 * lower priority, see nice(1), which is raised when it serves itself. To raise it takes a
 * right that not every user has (CAP_SYS_NICE, or RLIMIT_NICE, see setpriority(2)).
 */
final class CpuPriority {

	private static final Path NICE = Path.of("/usr/bin/nice");

	private static final Path RENICE = Path.of("/usr/bin/renice");

	/**
	 * A third of the weight of the others, see sched(7). With less than that a worker may
	 * not boot in time on a machine that has nothing left.
	 */
	private static final int LOWER = 5;

	/**
	 * A thread that is created meanwhile has the priority of the one that creates it.
	 */
	private static final int ROUNDS = 5;

	private CpuPriority() {
	}

	/**
	 * What to put before a command so that it begins with a lower priority.
	 * @return the words; none if the priority could not be raised again
	 */
	static List<String> lower() {
		return Right.GIVEN ? List.of(NICE.toString(), "-n", Integer.toString(LOWER)) : List.of();
	}

	/**
	 * What to put before a command that never needs another priority than the lowest.
	 * @return the words; none if there is no nice(1)
	 */
	static List<String> lowest() {
		return Files.isExecutable(NICE) ? List.of(NICE.toString(), "-n", "19") : List.of();
	}

	/**
	 * Give a process the priority that this one has. Returns at once.
	 * @param pid the process
	 */
	static void raise(long pid) {
		Thread thread = new Thread(() -> raiseThreads(pid), "prefork-priority");
		thread.setDaemon(true);
		thread.start();
	}

	private static void raiseThreads(long pid) {
		int wanted = niceOf("self");
		try {
			for (int round = 0; round < ROUNDS; round++) {
				List<String> lower = threads(pid).stream().filter((thread) -> niceOf(thread) > wanted).toList();
				if (lower.isEmpty()) {
					return;
				}
				List<String> command = new ArrayList<>(List.of(RENICE.toString(), Integer.toString(wanted), "-p"));
				command.addAll(lower);
				run(command);
			}
		}
		catch (IOException ex) {
			// The process has ended.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static List<String> threads(long pid) throws IOException {
		List<String> threads = new ArrayList<>();
		try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
			tasks.forEach((task) -> threads.add(String.valueOf(task.getFileName())));
		}
		return threads;
	}

	private static int niceOf(String process) {
		ProcessStat stat = ProcessStat.of(process);
		return (stat != null) ? stat.nice() : 0;
	}

	private static int run(List<String> command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).redirectOutput(Redirect.DISCARD)
			.redirectError(Redirect.DISCARD)
			.start()
			.waitFor();
	}

	/**
	 * Whether this process may raise priorities, found out by doing so: the rights of a
	 * process do not tell what a container allows.
	 */
	private static final class Right {

		private static final boolean GIVEN = isGiven();

		private static boolean isGiven() {
			try {
				return Files.isExecutable(NICE) && Files.isExecutable(RENICE) && run(List.of(NICE.toString(), "-n", "1",
						"/bin/sh", "-c", "exec %s %d -p $$".formatted(RENICE, niceOf("self")))) == 0;
			}
			catch (IOException ex) {
				return false;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

	}

}
