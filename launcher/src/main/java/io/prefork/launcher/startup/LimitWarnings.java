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

package io.prefork.launcher.startup;

import java.util.List;
import java.util.OptionalLong;

import io.prefork.launcher.check.CheckedService;
import io.prefork.launcher.check.Finding.Severity;
import io.prefork.launcher.check.MachineChecks;
import io.prefork.launcher.check.SystemFiles;
import io.prefork.launcher.log.MasterLog;

/**
 * Warns at start of limits that will hurt under load.
 */
public final class LimitWarnings {

	/**
	 * Whether connections in the accept queue of a socket that is closed go to another
	 * one with SO_REUSEPORT, see the kernel's Documentation/networking/ip-sysctl.rst.
	 */
	private static final String MIGRATION = "proc/sys/net/ipv4/tcp_migrate_req";

	private LimitWarnings() {
	}

	public static void log(MasterLog log, int backlog) {
		CheckedService service = new CheckedService(CheckedService.THIS_PROCESS, backlog, 0, 0, List.of());
		MachineChecks.findings(service, SystemFiles.current())
			.stream()
			.filter((finding) -> finding.severity() == Severity.WARNING)
			.forEach((finding) -> log.warn("%s; %s".formatted(finding.found(), finding.remedy())));
	}

	/**
	 * Warn of what workers lose that bind the port themselves.
	 * @param log the log
	 */
	public static void logReservation(MasterLog log) {
		OptionalLong migration = SystemFiles.current().number(MIGRATION);
		if (migration.isEmpty() || migration.getAsLong() == 0) {
			log.warn(
					"with prefork.transport nio each worker has an accept queue of its own, and connections that wait in "
							+ "it are reset when the worker leaves; set the sysctl net.ipv4.tcp_migrate_req to 1 (Linux 5.14 or "
							+ "newer), or use another transport");
		}
	}

}
