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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.launcher.supervisor.RestartPolicy;
import io.prefork.launcher.supervisor.SupervisorSettings;
import io.prefork.protocol.SettingNames;

/**
 * The settings of a master, as the application resolved them.
 *
 * @param workers the number of workers; {@code null} to derive it from the machine
 * @param backlog the length of the accept queue
 * @param bootTimeout the longest time from the start of a process to ready
 * @param gracefulTimeout the time to finish what is in flight
 * @param drainDelay the wait between "not ready" and "stop accepting"
 * @param restart how losses of workers are answered
 * @param jvmOptions JVM options for workers
 * @param javaHome the Java installation that workers run on; {@code null} for the
 * master's own
 * @param runDir the directory for the control socket; {@code null} for one of the
 * master's own
 */
public record MasterSettings(@Nullable Integer workers, int backlog, Duration bootTimeout, Duration gracefulTimeout,
		Duration drainDelay, RestartPolicy restart, List<String> jvmOptions, @Nullable Path javaHome,
		@Nullable Path runDir) {

	/**
	 * The value of {@value SettingNames#WORKERS} that leaves the number to the master.
	 */
	public static final String AUTO = "auto";

	/**
	 * Read settings that the application resolved and checked.
	 * @param settings values by the names in {@link SettingNames}
	 * @return the settings
	 * @throws StartupException if a setting is missing: launcher and application don't
	 * fit together
	 */
	public static MasterSettings from(Map<String, String> settings) {
		String workers = required(settings, SettingNames.WORKERS);
		return new MasterSettings(AUTO.equals(workers) ? null : Integer.valueOf(workers),
				Integer.parseInt(required(settings, SettingNames.BACKLOG)),
				duration(settings, SettingNames.BOOT_TIMEOUT), duration(settings, SettingNames.GRACEFUL_TIMEOUT),
				duration(settings, SettingNames.DRAIN_DELAY), restartPolicy(settings),
				settings.getOrDefault(SettingNames.JVM_OPTIONS, "").lines().toList(),
				path(settings.get(SettingNames.JVM_JAVA_HOME)), path(settings.get(SettingNames.RUN_DIR)));
	}

	/**
	 * What the supervisor has to keep to.
	 * @param workers the number of workers that was decided upon
	 * @return the supervisor's settings
	 */
	public SupervisorSettings supervisor(int workers) {
		return new SupervisorSettings(workers, this.bootTimeout, this.gracefulTimeout, this.drainDelay, this.restart);
	}

	private static RestartPolicy restartPolicy(Map<String, String> settings) {
		return new RestartPolicy(duration(settings, SettingNames.RESTART_INITIAL_DELAY),
				Double.parseDouble(required(settings, SettingNames.RESTART_MULTIPLIER)),
				duration(settings, SettingNames.RESTART_MAX_DELAY),
				duration(settings, SettingNames.RESTART_RESET_AFTER));
	}

	private static Duration duration(Map<String, String> settings, String name) {
		return Duration.parse(required(settings, name));
	}

	private static @Nullable Path path(@Nullable String value) {
		return (value != null) ? Path.of(value) : null;
	}

	private static String required(Map<String, String> settings, String name) {
		String value = settings.get(name);
		if (value == null) {
			throw new StartupException(ExitCodes.USAGE,
					("The application did not report prefork.%s; "
							+ "the launcher and the starter in the application have to be of the same version")
						.formatted(name));
		}
		return value;
	}

}
