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
import java.util.OptionalLong;

/**
 * Limits of processes; see getrlimit(2) and proc(5).
 */
final class ProcessChecks {

	/**
	 * How many files a server should be able to open at least.
	 */
	private static final long RECOMMENDED_FILES = 4096;

	private ProcessChecks() {
	}

	static List<Finding> findings(CheckedService service, SystemFiles files) {
		List<Finding> findings = new ArrayList<>();
		// The JVM has raised the limit to the hard one.
		OptionalLong open = files.number("proc/%s/limits".formatted(service.process()), "Max open files");
		if (open.isPresent() && open.getAsLong() < RECOMMENDED_FILES) {
			findings.add(Finding.warning("open files",
					"each process may have only %d files open".formatted(open.getAsLong()),
					"every connection is one, and beyond the limit none is accepted",
					"raise the limit to %d or more (ulimit -n, LimitNOFILE= in a systemd unit)"
						.formatted(RECOMMENDED_FILES)));
		}
		return findings;
	}

}
