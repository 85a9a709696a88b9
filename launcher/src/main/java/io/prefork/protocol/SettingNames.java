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
	 * How connections reach the workers, see {@link Distribution#label}.
	 */
	public static final String DISTRIBUTION = "distribution";

	/**
	 * Which worker gets the next connection if the master accepts.
	 */
	public static final String DISPATCH_STRATEGY = "dispatch-strategy";

	/**
	 * The largest number of connections of a worker; 0 for any.
	 */
	public static final String WORKER_CONNECTIONS = "worker-connections";

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
	 * The silence of an event loop after which a worker is replaced.
	 */
	public static final String TIMEOUT = "timeout";

	/**
	 * The number of booted workers in waiting.
	 */
	public static final String SPARES = "spares";

	/**
	 * How many extra workers planned work may start at once.
	 */
	public static final String SURGE = "surge";

	/**
	 * How many slots planned work may have without a ready worker at once.
	 */
	public static final String MAX_UNAVAILABLE = "max-unavailable";

	/**
	 * The number of requests after which a worker is recycled; 0 for never.
	 */
	public static final String MAX_REQUESTS = "max-requests";

	/**
	 * The most by which that number is raised, at random.
	 */
	public static final String MAX_REQUESTS_JITTER = "max-requests-jitter";

	/**
	 * The time after which a worker is recycled; 0 for never.
	 */
	public static final String MAX_AGE = "max-age";

	/**
	 * The most by which that time is raised, at random.
	 */
	public static final String MAX_AGE_JITTER = "max-age-jitter";

	/**
	 * The resident set in bytes above which a worker is recycled; 0 for never.
	 */
	public static final String MAX_RSS = "max-rss";

	/**
	 * The time without any ready worker after which the master gives up.
	 */
	public static final String RESTART_GIVE_UP_AFTER = "restart.give-up-after";

	/**
	 * How long the first new worker has to serve well.
	 */
	public static final String RELOAD_CANARY = "reload.canary";

	/**
	 * The share of 5xx among the canary's answers that is too much.
	 */
	public static final String RELOAD_MAX_ERROR_RATE = "reload.max-error-rate";

	/**
	 * The longest time that a reload may take.
	 */
	public static final String RELOAD_TIMEOUT = "reload.timeout";

	/**
	 * The file for the master's process id; absent for none.
	 */
	public static final String PID_FILE = "pid-file";

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

	/**
	 * What workers do when their master is gone: {@code drain} or {@code wait}.
	 */
	public static final String ON_MASTER_LOSS = "on-master-loss";

	/**
	 * The value of {@link #ON_MASTER_LOSS} with which workers serve on.
	 */
	public static final String WAIT = "wait";

	private SettingNames() {
	}

}
