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

import java.util.ArrayList;
import java.util.List;

import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.process.WorkerOptions;

/**
 * Warns at start of options of the JVM that can't be the same in several processes.
 */
public final class OptionWarnings {

	private OptionWarnings() {
	}

	/**
	 * Say which options workers don't get, and which they should not have as they are.
	 * @param log the log
	 * @param options the options of the first JVM
	 * @param userOptions what the user wants for workers
	 */
	public static void log(MasterLog log, List<String> options, List<String> userOptions) {
		for (String option : WorkerOptions.notInherited(options)) {
			log.warn(
					"only one process can have the port of %s: workers have others, from the next one on, if it is a server"
						.formatted(option));
		}
		List<String> all = new ArrayList<>(WorkerOptions.inherited(options));
		all.addAll(userOptions);
		for (String option : WorkerOptions.sharedFiles(all)) {
			log.warn("all workers write to the same file with %s; put %%p, the process id, into its name"
				.formatted(option));
		}
	}

}
