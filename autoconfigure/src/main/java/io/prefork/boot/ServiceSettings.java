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

package io.prefork.boot;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.prefork.boot.autoconfigure.PreforkProperties;
import io.prefork.protocol.SettingNames;

/**
 * Puts the resolved properties into the form in which the master takes them.
 */
final class ServiceSettings {

	private ServiceSettings() {
	}

	static Map<String, String> of(PreforkProperties properties) {
		Map<String, String> settings = new LinkedHashMap<>();
		put(settings, SettingNames.WORKERS, properties.getWorkers());
		put(settings, SettingNames.DISTRIBUTION, label(properties.getDistribution()));
		put(settings, SettingNames.DISPATCH_STRATEGY, label(properties.getDispatchStrategy()));
		put(settings, SettingNames.WORKER_CONNECTIONS, properties.getWorkerConnections());
		put(settings, SettingNames.BACKLOG, properties.getBacklog());
		put(settings, SettingNames.BOOT_TIMEOUT, properties.getBootTimeout());
		put(settings, SettingNames.GRACEFUL_TIMEOUT, properties.getGracefulTimeout());
		put(settings, SettingNames.DRAIN_DELAY, properties.getDrainDelay());
		put(settings, SettingNames.RESTART_INITIAL_DELAY, properties.getRestart().getInitialDelay());
		put(settings, SettingNames.RESTART_MULTIPLIER, properties.getRestart().getMultiplier());
		put(settings, SettingNames.RESTART_MAX_DELAY, properties.getRestart().getMaxDelay());
		put(settings, SettingNames.RESTART_RESET_AFTER, properties.getRestart().getResetAfter());
		put(settings, SettingNames.RESTART_GIVE_UP_AFTER, properties.getRestart().getGiveUpAfter());
		put(settings, SettingNames.TIMEOUT, properties.getTimeout());
		put(settings, SettingNames.SPARES, properties.getSpares());
		put(settings, SettingNames.SURGE, properties.getSurge());
		put(settings, SettingNames.MAX_UNAVAILABLE, properties.getMaxUnavailable());
		put(settings, SettingNames.MAX_REQUESTS, properties.getMaxRequests());
		put(settings, SettingNames.MAX_REQUESTS_JITTER, properties.getMaxRequestsJitter());
		put(settings, SettingNames.MAX_AGE, properties.getMaxAge());
		put(settings, SettingNames.MAX_AGE_JITTER, properties.getMaxAgeJitter());
		put(settings, SettingNames.MAX_RSS, properties.getMaxRss().toBytes());
		put(settings, SettingNames.RELOAD_CANARY, properties.getReload().getCanary());
		put(settings, SettingNames.RELOAD_MAX_ERROR_RATE, properties.getReload().getMaxErrorRate());
		put(settings, SettingNames.RELOAD_TIMEOUT, properties.getReload().getTimeout());
		put(settings, SettingNames.PID_FILE, properties.getPidFile());
		put(settings, SettingNames.JVM_OPTIONS, String.join("\n", properties.getJvm().getOptions()));
		put(settings, SettingNames.JVM_JAVA_HOME, properties.getJvm().getJavaHome());
		put(settings, SettingNames.RUN_DIR, properties.getRunDir());
		put(settings, SettingNames.ON_MASTER_LOSS, label(properties.getOnMasterLoss()));
		return settings;
	}

	private static String label(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static void put(Map<String, String> settings, String name, @Nullable Object value) {
		if (value != null) {
			settings.put(name, value.toString());
		}
	}

}
