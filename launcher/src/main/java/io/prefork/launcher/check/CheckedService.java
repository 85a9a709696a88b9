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

package io.prefork.launcher.check;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

/**
 * What is known of the service that is checked.
 *
 * @param process the id of a process of it, or {@value #THIS_PROCESS}
 * @param backlog the length of its accept queue
 * @param processes how many workers there may be at once
 * @param workerMemory what one takes, in bytes
 * @param ports the ports on which it listens, as far as they are known
 */
public record CheckedService(String process, int backlog, int processes, long workerMemory, List<Integer> ports) {

	/**
	 * Stands for the process that asks, see proc(5).
	 */
	public static final String THIS_PROCESS = "self";

	/**
	 * A service of which nothing is known, with what is the default.
	 */
	public static final CheckedService ANY = new CheckedService(THIS_PROCESS, 2048, 0, 0, List.of());

	private static final Pattern PORT = Pattern.compile(".*:(\\d+)");

	public CheckedService {
		ports = List.copyOf(ports);
	}

	/**
	 * A service that runs.
	 * @param status its state
	 * @return what matters of it
	 */
	public static CheckedService of(ServiceStatus status) {
		long largest = status.workers()
			.stream()
			.map(WorkerStatus::process)
			.map((process) -> (process != null) ? process.usage() : null)
			.mapToLong((usage) -> (usage != null) ? usage.pss() : 0)
			.max()
			.orElse(0);
		List<Integer> ports = status.listeners()
			.stream()
			.map((listener) -> PORT.matcher(listener.address()))
			.filter(Matcher::matches)
			.map((address) -> Integer.valueOf(address.group(1)))
			.toList();
		return new CheckedService(Long.toString(status.master().pid()), ANY.backlog(),
				status.master().workers() + status.spares().size() + 1, largest, ports);
	}

}
