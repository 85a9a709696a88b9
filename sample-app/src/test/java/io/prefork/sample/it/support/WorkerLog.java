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

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the master's log lines about workers and about the end of the start-up.
 */
final class WorkerLog {

	private static final Pattern PROCESS = Pattern.compile("\\b(worker|spare)=\\d+ gen=\\d+ pid=\\d+ ");

	private static final Pattern TARGET = Pattern
		.compile("\\b(?:master pid=\\d+ starts|scaling from \\d+ to) (\\d+) workers?");

	private static final Pattern READY = Pattern.compile("\\bready address=(.+?) workers=\\d+ gen=\\d+ in ");

	private WorkerLog() {
	}

	static boolean isAboutProcess(String line) {
		return PROCESS.matcher(line).find();
	}

	/**
	 * Return the workers whose last ready line was not followed by one that says they are
	 * on their way out; of two in one slot the one that was ready last.
	 * @param lines the log
	 * @return pids by slot
	 */
	static SortedMap<Integer, Long> readyWorkers(List<String> lines) {
		SortedMap<Integer, Long> pids = new TreeMap<>();
		Map<Long, WorkerLine> ready = new LinkedHashMap<>();
		lines.forEach((line) -> WorkerLine.parse(line).ifPresent((worker) -> apply(ready, worker)));
		ready.values().forEach((worker) -> pids.put(worker.slot(), worker.pid()));
		return pids;
	}

	/**
	 * Return the smallest number of workers that were ready at once, from the moment on
	 * when the service was.
	 * @param lines the log
	 * @return the number of workers, of several in one slot each counts
	 */
	static int fewestReady(List<String> lines) {
		int fewest = Integer.MAX_VALUE;
		boolean started = false;
		Map<Long, WorkerLine> ready = new LinkedHashMap<>();
		for (String line : lines) {
			started |= READY.matcher(line).find();
			WorkerLine.parse(line).ifPresent((worker) -> apply(ready, worker));
			fewest = started ? Math.min(fewest, ready.size()) : fewest;
		}
		return fewest;
	}

	/**
	 * Return the largest number of workers whose processes were there at once.
	 * @param lines the log
	 * @return the number of workers, those that drain included
	 */
	static int mostAlive(List<String> lines) {
		int most = 0;
		Set<Long> alive = new HashSet<>();
		for (String line : lines) {
			Optional<WorkerLine> worker = WorkerLine.parse(line);
			worker.filter(WorkerLine::isGone)
				.ifPresentOrElse((gone) -> alive.remove(gone.pid()),
						() -> worker.ifPresent((there) -> alive.add(there.pid())));
			most = Math.max(most, alive.size());
		}
		return most;
	}

	/**
	 * Return the addresses of the last line that says that the service is ready.
	 * @param lines the log
	 * @return the addresses, empty if there is no such line
	 */
	static Optional<List<String>> addresses(List<String> lines) {
		Optional<List<String>> addresses = Optional.empty();
		for (String line : lines) {
			Matcher ready = READY.matcher(line);
			if (ready.find()) {
				addresses = Optional.of(List.of(ready.group(1).split("\\s*,\\s*")));
			}
		}
		return addresses;
	}

	/**
	 * Return how many workers there should be.
	 * @param lines the log
	 * @return the number that the start or the last scaling said
	 */
	static int workers(List<String> lines) {
		int workers = 0;
		for (String line : lines) {
			Matcher target = TARGET.matcher(line);
			workers = target.find() ? Integer.parseInt(target.group(1)) : workers;
		}
		return workers;
	}

	static int port(String address) {
		return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
	}

	private static void apply(Map<Long, WorkerLine> ready, WorkerLine worker) {
		if (worker.isReady()) {
			ready.put(worker.pid(), worker);
		}
		else if (worker.isLeaving()) {
			ready.remove(worker.pid());
		}
	}

}
