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
import java.util.Objects;

import io.prefork.status.ProcessStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

/**
 * Finds what a service that runs tells about itself.
 */
public final class StatusChecks {

	private StatusChecks() {
	}

	/**
	 * Look.
	 * @param status the state of the service
	 * @return what was found
	 */
	public static List<Finding> findings(ServiceStatus status) {
		List<Finding> findings = new ArrayList<>();
		long cold = status.workers()
			.stream()
			.map(WorkerStatus::process)
			.filter(Objects::nonNull)
			.map(ProcessStatus::archived)
			.filter(Boolean.FALSE::equals)
			.count();
		if (cold > 0) {
			findings.add(Finding.advice("archive of classes",
					"%d of %d workers have started without one".formatted(cold, status.workers().size()),
					"a start from one takes half of the time, and workers share its memory",
					"it is made after the first start (prefork.preload.enabled); the log says why if not"));
		}
		status.hints()
			.forEach((hint) -> findings.add(Finding.advice(hint.topic(), hint.finding(),
					"there are several processes where there was one", hint.remedy())));
		return findings;
	}

}
