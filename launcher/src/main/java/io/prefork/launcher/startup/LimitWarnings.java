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

import java.util.OptionalLong;

import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.sizing.SystemLimits;

/**
 * Warns at start of limits that will hurt under load.
 */
public final class LimitWarnings {

	private LimitWarnings() {
	}

	public static void log(MasterLog log, int backlog) {
		OptionalLong files = SystemLimits.openFiles();
		if (files.isPresent() && files.getAsLong() < SystemLimits.RECOMMENDED_FILES) {
			log.warn(("each process may have only %d files open, and every connection is one; raise the limit to %d or "
					+ "more (ulimit -n, LimitNOFILE= in a systemd unit)")
				.formatted(files.getAsLong(), SystemLimits.RECOMMENDED_FILES));
		}
		OptionalLong queue = SystemLimits.acceptQueue();
		if (queue.isPresent() && queue.getAsLong() < backlog) {
			log.warn(("the system cuts the accept queue of %d (prefork.backlog) to %d; "
					+ "raise net.core.somaxconn, or lower prefork.backlog")
				.formatted(backlog, queue.getAsLong()));
		}
	}

	/**
	 * Warn of what workers lose that bind the port themselves.
	 * @param log the log
	 */
	public static void logReservation(MasterLog log) {
		OptionalLong migration = SystemLimits.acceptQueueMigration();
		if (migration.isEmpty() || migration.getAsLong() == 0) {
			log.warn(
					"with prefork.transport nio each worker has an accept queue of its own, and connections that wait in "
							+ "it are reset when the worker leaves; set the sysctl net.ipv4.tcp_migrate_req to 1 (Linux 5.14 or "
							+ "newer), or use another transport");
		}
	}

}
