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

package io.prefork.protocol;

/**
 * Names of the settings that a worker's JVM resolves and the master acts on. Durations
 * travel in ISO-8601 form, lists with one element a line.
 */
public final class SettingNames {

	/**
	 * Why the application has to run as one ordinary process; absent if it need not.
	 */
	public static final String DISABLED_REASON = "disabled-reason";

	/**
	 * The number of workers, or {@code auto}.
	 */
	public static final String WORKERS = "workers";

	/**
	 * The length of the accept queue.
	 */
	public static final String BACKLOG = "backlog";

	/**
	 * The longest time from the start of a process to ready.
	 */
	public static final String BOOT_TIMEOUT = "boot-timeout";

	/**
	 * The time to finish what is in flight.
	 */
	public static final String GRACEFUL_TIMEOUT = "graceful-timeout";

	/**
	 * The wait between "not ready" and "stop accepting".
	 */
	public static final String DRAIN_DELAY = "drain-delay";

	/**
	 * The first delay of the back-off.
	 */
	public static final String RESTART_INITIAL_DELAY = "restart.initial-delay";

	/**
	 * The factor by which the delay of the back-off grows.
	 */
	public static final String RESTART_MULTIPLIER = "restart.multiplier";

	/**
	 * The longest delay of the back-off.
	 */
	public static final String RESTART_MAX_DELAY = "restart.max-delay";

	/**
	 * The time of good service after which the back-off starts anew.
	 */
	public static final String RESTART_RESET_AFTER = "restart.reset-after";

	/**
	 * JVM options for workers.
	 */
	public static final String JVM_OPTIONS = "jvm.options";

	/**
	 * The Java installation that workers run on; absent for the master's own.
	 */
	public static final String JVM_JAVA_HOME = "jvm.java-home";

	/**
	 * The directory for the control socket; absent for one in the runtime directory.
	 */
	public static final String RUN_DIR = "run-dir";

	private SettingNames() {
	}

}
