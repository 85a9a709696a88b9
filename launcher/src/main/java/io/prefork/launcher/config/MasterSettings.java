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
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.prefork.protocol.Distribution;
import io.prefork.protocol.SettingNames;

/**
 * The settings of a master, as the application resolved them.
 *
 * @param workers the number of workers; {@code null} to derive it from the machine
 * @param backlog the length of the accept queue
 * @param distribution how connections reach the workers
 * @param dispatchStrategy which worker gets the next connection if the master accepts
 * @param workerConnections the largest number of connections of a worker; 0 for any
 * @param supervision what the supervisor has to keep to, the number of workers apart
 * @param jvmOptions JVM options for workers
 * @param javaHome the Java installation that workers run on; {@code null} for the
 * master's own
 * @param runDir the directory for the control socket; {@code null} for one of the
 * master's own
 * @param orphansServe whether workers go on serving when their master is gone
 * @param pidFile the file for the master's process id; {@code null} for none
 */
public record MasterSettings(@Nullable Integer workers, int backlog, Distribution distribution, String dispatchStrategy,
		int workerConnections, Supervision supervision, List<String> jvmOptions, @Nullable Path javaHome,
		@Nullable Path runDir, boolean orphansServe, @Nullable Path pidFile) {

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
		String workers = new Values(settings).text(SettingNames.WORKERS);
		Values values = new Values(settings);
		return new MasterSettings(AUTO.equals(workers) ? null : Integer.valueOf(workers),
				(int) values.number(SettingNames.BACKLOG), Distribution.of(values.text(SettingNames.DISTRIBUTION)),
				values.text(SettingNames.DISPATCH_STRATEGY), (int) values.number(SettingNames.WORKER_CONNECTIONS),
				Supervision.from(values), settings.getOrDefault(SettingNames.JVM_OPTIONS, "").lines().toList(),
				path(settings.get(SettingNames.JVM_JAVA_HOME)), path(settings.get(SettingNames.RUN_DIR)),
				SettingNames.WAIT.equals(values.text(SettingNames.ON_MASTER_LOSS)),
				path(settings.get(SettingNames.PID_FILE)));
	}

	private static @Nullable Path path(@Nullable String value) {
		return (value != null) ? Path.of(value) : null;
	}

}
