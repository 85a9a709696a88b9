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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.prefork.launcher.config.MasterSettings;
import io.prefork.launcher.sizing.HeapShare;
import io.prefork.launcher.sizing.Machine;
import io.prefork.launcher.sizing.MemorySize;
import io.prefork.launcher.sizing.WorkerCount;
import io.prefork.launcher.supervisor.Capacity;

/**
 * Finds what will be wrong with an application on this machine.
 */
public final class ApplicationChecks {

	private static final String LARGEST_HEAP = "-Xmx";

	private ApplicationChecks() {
	}

	/**
	 * Look.
	 * @param settings the settings of the application
	 * @param environment the environment variables
	 * @param files what the system tells about itself
	 * @return what was found
	 */
	public static List<Finding> findings(MasterSettings settings, Map<String, String> environment, SystemFiles files) {
		int workers = WorkerCount.of(settings, Machine.current());
		Capacity capacity = settings.supervision().capacity();
		List<Finding> findings = new ArrayList<>(
				MachineChecks.findings(new CheckedService(CheckedService.THIS_PROCESS, settings.listen().backlog(),
						workers + capacity.spares() + capacity.surge(), memory(settings), List.of()), files));
		findings.addAll(SettingChecks.findings(settings.supervision().limits(), settings.supervision().reload(),
				workers, environment));
		return findings;
	}

	/**
	 * What a worker takes: a typical one, or one with the heap that the user wants.
	 * @param settings the settings of the application
	 * @return bytes
	 */
	private static long memory(MasterSettings settings) {
		return settings.launch()
			.jvm()
			.forWorkers()
			.stream()
			.filter((option) -> option.startsWith(LARGEST_HEAP))
			.map((option) -> MemorySize.parse(option.substring(LARGEST_HEAP.length())).bytes() + HeapShare.BESIDES)
			.reduce((first, last) -> last)
			.orElse(WorkerCount.MEMORY_FLOOR);
	}

}
