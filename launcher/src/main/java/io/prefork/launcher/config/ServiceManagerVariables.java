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

package io.prefork.launcher.config;

import java.util.Map;
import java.util.Set;

/**
 * The environment variables through which a service manager such as systemd speaks to the
 * process it started. See sd_notify(3), sd_watchdog_enabled(3) and sd_listen_fds(3).
 */
public final class ServiceManagerVariables {

	/**
	 * Names the socket that takes notifications.
	 */
	public static final String NOTIFY_SOCKET = "NOTIFY_SOCKET";

	/**
	 * The longest time between two signs of life, in microseconds.
	 */
	public static final String WATCHDOG_USEC = "WATCHDOG_USEC";

	/**
	 * The process that has to give signs of life.
	 */
	public static final String WATCHDOG_PID = "WATCHDOG_PID";

	/**
	 * The number of sockets that are passed, as descriptors from 3 on.
	 */
	public static final String LISTEN_FDS = "LISTEN_FDS";

	/**
	 * The names of these sockets, separated by colons.
	 */
	public static final String LISTEN_FDNAMES = "LISTEN_FDNAMES";

	/**
	 * The process to which these sockets are passed.
	 */
	public static final String LISTEN_PID = "LISTEN_PID";

	private static final Set<String> ADDRESSED = Set.of(WATCHDOG_PID, LISTEN_FDS, LISTEN_FDNAMES, LISTEN_PID,
			"LISTEN_PIDFDID");

	private ServiceManagerVariables() {
	}

	/**
	 * Remove them all from the environment of a process that is not the service itself:
	 * whatever it told the service manager would be taken for the service's word.
	 * @param environment the environment variables to change
	 */
	public static void removeFrom(Map<String, String> environment) {
		removeAddressed(environment);
		environment.keySet().removeAll(Set.of(NOTIFY_SOCKET, WATCHDOG_USEC));
	}

	/**
	 * Remove what is meant for one process only from the environment of another one that
	 * becomes the service in its place.
	 * @param environment the environment variables to change
	 */
	public static void removeAddressed(Map<String, String> environment) {
		environment.keySet().removeAll(ADDRESSED);
	}

}
