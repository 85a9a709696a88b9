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
import io.prefork.launcher.sizing.Machine;
import io.prefork.launcher.sizing.WorkerCount;
import io.prefork.launcher.supervisor.Capacity;

/**
 * Finds what will be wrong with an application on this machine.
 */
public final class ApplicationChecks {

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
		Machine machine = Machine.current();
		Integer configured = settings.workers();
		int workers = (configured != null) ? configured : WorkerCount.auto(machine.cpus(), machine.memory());
		Capacity capacity = settings.supervision().capacity();
		List<Finding> findings = new ArrayList<>(
				MachineChecks.findings(
						new CheckedService(CheckedService.THIS_PROCESS, settings.listen().backlog(),
								workers + capacity.spares() + capacity.surge(), WorkerCount.MEMORY_FLOOR, List.of()),
						files));
		findings.addAll(SettingChecks.findings(settings.supervision(), workers, environment));
		return findings;
	}

}
