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

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.OnMasterLoss;
import io.prefork.contract.Setting;
import io.prefork.launcher.supervisor.SupervisorSettings;

/**
 * The settings of a master, resolved and checked by the application.
 *
 * @param workers the number of workers; {@code null} for as many as the machine has room
 * for
 * @param listen how connections come to the service and to its workers
 * @param launch how the processes of workers are started
 * @param supervision what the supervisor has to keep to
 * @param onMasterLoss what workers do when their master is gone
 * @param files where the master keeps its files
 * @param told what operators are told of all settings, by the labels of {@link Setting};
 * not the options of JVMs, which may be secrets
 */
public record MasterSettings(@Nullable Integer workers, ListenSettings listen, LaunchSettings launch,
		SupervisorSettings supervision, OnMasterLoss onMasterLoss, FileSettings files, Map<String, String> told) {

	/**
	 * The value of {@link Setting#WORKERS} that leaves the number to the master.
	 */
	public static final String AUTO = "auto";

	/**
	 * Read settings that the application resolved and checked.
	 * @param settings values by the labels of {@link Setting}
	 * @return the settings
	 * @throws StartupException if a setting is missing: launcher and application don't
	 * fit together
	 */
	public static MasterSettings from(Map<String, String> settings) {
		Values values = new Values(settings);
		String workers = values.text(Setting.WORKERS);
		return new MasterSettings(AUTO.equals(workers) ? null : Integer.valueOf(workers), ListenSettings.from(values),
				LaunchSettings.from(values), SupervisionSettings.from(values),
				values.constant(Setting.ON_MASTER_LOSS, OnMasterLoss.class), FileSettings.from(values), told(settings));
	}

	private static Map<String, String> told(Map<String, String> settings) {
		Map<String, String> told = new HashMap<>(settings);
		told.remove(Setting.JVM_OPTIONS.label());
		return told;
	}

}
