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
import java.util.function.BiFunction;

/**
 * Finds what is wrong with the machine, or the container, for a service.
 */
public final class MachineChecks {

	private static final List<BiFunction<CheckedService, SystemFiles, List<Finding>>> CHECKS = List
		.of(NetworkChecks::findings, CpuChecks::findings, MemoryChecks::findings, ProcessChecks::findings);

	private MachineChecks() {
	}

	/**
	 * Look.
	 * @param service the service
	 * @param files what the system tells about itself
	 * @return what was found
	 */
	public static List<Finding> findings(CheckedService service, SystemFiles files) {
		List<Finding> findings = new ArrayList<>();
		CHECKS.forEach((check) -> findings.addAll(check.apply(service, files)));
		return findings;
	}

}
