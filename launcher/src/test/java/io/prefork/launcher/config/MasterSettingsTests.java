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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.launcher.supervisor.RestartPolicy;
import io.prefork.launcher.supervisor.SupervisorSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MasterSettings}.
 */
class MasterSettingsTests {

	private static final Map<String, String> REQUIRED = Map.of("workers", "4", "backlog", "128", "boot-timeout", "PT2M",
			"graceful-timeout", "PT30S", "drain-delay", "PT0S", "restart.initial-delay", "PT0.5S", "restart.multiplier",
			"1.5", "restart.max-delay", "PT1M", "restart.reset-after", "PT5M");

	private static final RestartPolicy RESTART = new RestartPolicy(Duration.ofMillis(500), 1.5, Duration.ofMinutes(1),
			Duration.ofMinutes(5));

	@Test
	void whenEverythingIsReportedThenItIsRead() {
		Map<String, String> reported = new HashMap<>(REQUIRED);
		reported
			.putAll(Map.of("jvm.options", "-Xmx1g\n-Dkey=two words", "jvm.java-home", "/jdk", "run-dir", "/run/app"));

		MasterSettings settings = MasterSettings.from(reported);

		assertThat(settings).isEqualTo(new MasterSettings(4, 128, Duration.ofMinutes(2), Duration.ofSeconds(30),
				Duration.ZERO, RESTART, List.of("-Xmx1g", "-Dkey=two words"), Path.of("/jdk"), Path.of("/run/app")));
		assertThat(settings.supervisor(3)).isEqualTo(
				new SupervisorSettings(3, Duration.ofMinutes(2), Duration.ofSeconds(30), Duration.ZERO, RESTART));
	}

	@Test
	void whenOnlyRequiredSettingsAreReportedThenTheOthersAreAbsent() {
		Map<String, String> reported = new HashMap<>(REQUIRED);
		reported.put("workers", MasterSettings.AUTO);

		MasterSettings settings = MasterSettings.from(reported);

		assertThat(settings.workers()).isNull();
		assertThat(settings.jvmOptions()).isEmpty();
		assertThat(settings.javaHome()).isNull();
		assertThat(settings.runDir()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "workers", "backlog", "boot-timeout", "graceful-timeout", "drain-delay",
			"restart.initial-delay", "restart.multiplier", "restart.max-delay", "restart.reset-after" })
	void whenSettingIsMissingThenTheMessageNamesIt(String name) {
		Map<String, String> reported = new HashMap<>(REQUIRED);
		reported.remove(name);

		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> MasterSettings.from(reported))
			.withMessage("The application did not report prefork.%s; "
					+ "the launcher and the starter in the application have to be of the same version", name)
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCodes.USAGE));
	}

}
