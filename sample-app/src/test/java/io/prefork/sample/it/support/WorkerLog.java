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

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the master's log lines about workers and about the end of the start-up.
 */
final class WorkerLog {

	private static final Pattern WORKER = Pattern.compile("\\bworker=(\\d+) gen=(\\d+) pid=(\\d+) (.*)$");

	private static final Pattern LEFT = Pattern.compile("(draining|exited|killed)\\b.*");

	private static final Pattern READY = Pattern.compile("\\bready address=(.+?) workers=\\d+ gen=\\d+ in ");

	private WorkerLog() {
	}

	static boolean isAboutWorker(String line) {
		return WORKER.matcher(line).find();
	}

	/**
	 * Return the workers whose last ready line was not followed by one that says they are
	 * on their way out.
	 * @param lines the log
	 * @return pids by slot
	 */
	static SortedMap<Integer, Long> readyWorkers(List<String> lines) {
		SortedMap<Integer, Long> ready = new TreeMap<>();
		for (String line : lines) {
			Matcher worker = WORKER.matcher(line);
			if (worker.find()) {
				Integer slot = Integer.valueOf(worker.group(1));
				Long pid = Long.valueOf(worker.group(3));
				String event = worker.group(4);
				if (event.startsWith("ready")) {
					ready.put(slot, pid);
				}
				else if (LEFT.matcher(event).matches()) {
					ready.remove(slot, pid);
				}
			}
		}
		return ready;
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

	static int port(String address) {
		return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
	}

}
