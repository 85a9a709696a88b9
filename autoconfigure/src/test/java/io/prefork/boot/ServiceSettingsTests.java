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

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.mock.env.MockEnvironment;

import io.prefork.boot.autoconfigure.PreforkProperties;
import io.prefork.boot.autoconfigure.PreforkPropertiesBinder;
import io.prefork.contract.Setting;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServiceSettings}.
 */
class ServiceSettingsTests {

	@Test
	void whenNothingIsSetThenTheMasterGetsTheDefaults() {
		Map<String, String> settings = ServiceSettings.of(bind(Map.of()), new MockEnvironment());

		assertThat(settings).containsEntry(Setting.WORKERS.label(), "auto")
			.containsEntry(Setting.BACKLOG.label(), "2048")
			.containsEntry(Setting.BOOT_TIMEOUT.label(), "PT2M")
			.containsEntry(Setting.GRACEFUL_TIMEOUT.label(), "PT30S")
			.containsEntry(Setting.DRAIN_DELAY.label(), "PT0S")
			.containsEntry(Setting.RESTART_INITIAL_DELAY.label(), "PT0.5S")
			.containsEntry(Setting.RESTART_MULTIPLIER.label(), "2.0")
			.containsEntry(Setting.RESTART_MAX_DELAY.label(), "PT30S")
			.containsEntry(Setting.RESTART_RESET_AFTER.label(), "PT1M")
			.containsEntry(Setting.JVM_OPTIONS.label(), "")
			.doesNotContainKeys(Setting.JVM_JAVA_HOME.label(), Setting.RUN_DIR.label());
	}

	@Test
	void whenPropertiesAreSetThenTheMasterGetsThem() {
		Map<String, String> settings = ServiceSettings.of(bind(Map.of("prefork.workers", "3", "prefork.run-dir",
				"/run/app", "prefork.jvm.java-home", "/opt/jdk", "prefork.jvm.options", "-Xmx256m,-Dname=a b")),
				new MockEnvironment());

		assertThat(settings).containsEntry(Setting.WORKERS.label(), "3")
			.containsEntry(Setting.RUN_DIR.label(), "/run/app")
			.containsEntry(Setting.JVM_JAVA_HOME.label(), "/opt/jdk")
			.containsEntry(Setting.JVM_OPTIONS.label(), "-Xmx256m\n-Dname=a b");
	}

	private static PreforkProperties bind(Map<String, String> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addLast(new MapPropertySource("test", Map.copyOf(properties)));
		return PreforkPropertiesBinder.bind(environment);
	}

}
