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

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.prefork.boot.autoconfigure.PreforkProperties;
import io.prefork.boot.autoconfigure.WorkerCount;
import io.prefork.protocol.SettingNames;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServiceSettings}.
 */
class ServiceSettingsTests {

	@Test
	void whenNothingIsSetThenTheMasterGetsTheDefaults() {
		Map<String, String> settings = ServiceSettings.of(new PreforkProperties());

		assertThat(settings).containsEntry(SettingNames.WORKERS, "auto")
			.containsEntry(SettingNames.BACKLOG, "2048")
			.containsEntry(SettingNames.BOOT_TIMEOUT, "PT2M")
			.containsEntry(SettingNames.GRACEFUL_TIMEOUT, "PT30S")
			.containsEntry(SettingNames.DRAIN_DELAY, "PT0S")
			.containsEntry(SettingNames.RESTART_INITIAL_DELAY, "PT0.5S")
			.containsEntry(SettingNames.RESTART_MULTIPLIER, "2.0")
			.containsEntry(SettingNames.RESTART_MAX_DELAY, "PT30S")
			.containsEntry(SettingNames.RESTART_RESET_AFTER, "PT1M")
			.containsEntry(SettingNames.JVM_OPTIONS, "")
			.doesNotContainKeys(SettingNames.JVM_JAVA_HOME, SettingNames.RUN_DIR);
	}

	@Test
	void whenPropertiesAreSetThenTheMasterGetsThem() {
		PreforkProperties properties = new PreforkProperties();
		properties.setWorkers(new WorkerCount(3));
		properties.setRunDir(Path.of("/run/app"));
		properties.getJvm().setJavaHome(Path.of("/opt/jdk"));
		properties.getJvm().setOptions(List.of("-Xmx256m", "-Dname=a b"));

		Map<String, String> settings = ServiceSettings.of(properties);

		assertThat(settings).containsEntry(SettingNames.WORKERS, "3")
			.containsEntry(SettingNames.RUN_DIR, "/run/app")
			.containsEntry(SettingNames.JVM_JAVA_HOME, "/opt/jdk")
			.containsEntry(SettingNames.JVM_OPTIONS, "-Xmx256m\n-Dname=a b");
	}

}
