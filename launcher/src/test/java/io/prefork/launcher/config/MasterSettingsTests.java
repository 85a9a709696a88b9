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
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.prefork.contract.DispatchStrategy;
import io.prefork.contract.Distribution;
import io.prefork.contract.OnMasterLoss;
import io.prefork.contract.Training;
import io.prefork.launcher.supervisor.Capacity;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.launcher.supervisor.Initialization;
import io.prefork.launcher.supervisor.RecyclePolicy;
import io.prefork.launcher.supervisor.ReloadPolicy;
import io.prefork.launcher.supervisor.RestartPolicy;
import io.prefork.launcher.supervisor.SupervisorSettings;
import io.prefork.launcher.supervisor.TimeLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MasterSettings}.
 */
public class MasterSettingsTests {

	public static final Map<String, String> REQUIRED = Map.ofEntries(Map.entry("workers", "4"),
			Map.entry("backlog", "128"), Map.entry("distribution", "dispatch"),
			Map.entry("dispatch-strategy", "round-robin"), Map.entry("worker-connections", "500"),
			Map.entry("boot-timeout", "PT2M"), Map.entry("timeout", "PT30S"), Map.entry("graceful-timeout", "PT31S"),
			Map.entry("drain-delay", "PT0S"), Map.entry("spares", "1"), Map.entry("surge", "2"),
			Map.entry("max-unavailable", "3"), Map.entry("max-requests", "1000"),
			Map.entry("max-requests-jitter", "100"), Map.entry("max-age", "PT1H"), Map.entry("max-age-jitter", "PT5M"),
			Map.entry("max-rss", "536870912"), Map.entry("restart.initial-delay", "PT0.5S"),
			Map.entry("restart.multiplier", "1.5"), Map.entry("restart.max-delay", "PT1M"),
			Map.entry("restart.reset-after", "PT5M"), Map.entry("restart.give-up-after", "PT10M"),
			Map.entry("reload.canary", "PT10S"), Map.entry("reload.max-error-rate", "0.05"),
			Map.entry("reload.timeout", "PT9M"), Map.entry("on-master-loss", "drain"), Map.entry("jvm.options", ""),
			Map.entry("jvm.options-inherit", "true"), Map.entry("jvm.memory-fraction", "0.9"),
			Map.entry("snapshot", "true"), Map.entry("preload.enabled", "false"),
			Map.entry("preload.training", "refresh"), Map.entry("preload.wait", "false"),
			Map.entry("initializer.scope", "generation"), Map.entry("initializer.alone", "false"));

	private static final TimeLimits LIMITS = new TimeLimits(Duration.ofMinutes(2), Duration.ofSeconds(30),
			Duration.ofSeconds(31), Duration.ZERO);

	private static final RestartPolicy RESTART = new RestartPolicy(Duration.ofMillis(500), 1.5, Duration.ofMinutes(1),
			0.2, Duration.ofMinutes(5), Duration.ofMinutes(10));

	private static final RecyclePolicy RECYCLE = new RecyclePolicy(1000, 100, Duration.ofHours(1),
			Duration.ofMinutes(5), 536870912);

	private static final ReloadPolicy RELOAD = new ReloadPolicy(Duration.ofSeconds(10), 0.05, Duration.ofMinutes(9));

	static Stream<String> required() {
		return REQUIRED.keySet().stream();
	}

	@Test
	void whenEverythingIsReportedThenItIsRead() {
		Map<String, String> reported = new HashMap<>(REQUIRED);
		reported.putAll(Map.of("jvm.options", "-Xmx1g\n-Dkey=two words", "jvm.java-home", "/jdk", "run-dir", "/run/app",
				"pid-file", "/run/app.pid", "on-master-loss", "wait", "snapshot", "false"));
		reported.putAll(Map.of("preload.enabled", "true", "preload.training", "off", "preload.wait", "true",
				"preload.cache-dir", "/cache", "jvm.options-inherit", "false", "jvm.heap", "1073741824",
				"jvm.memory-fraction", "0.5", "initializer.alone", "true"));

		MasterSettings settings = MasterSettings.from(reported);

		assertThat(settings).isEqualTo(
				new MasterSettings(4, new ListenSettings(128, Distribution.DISPATCH, DispatchStrategy.ROUND_ROBIN, 500),
						new LaunchSettings(false,
								new JvmSettings(List.of("-Xmx1g", "-Dkey=two words"), false, Path.of("/jdk"), 1 << 30,
										0.5),
								new PreloadSettings(true, true, Training.OFF, true, Path.of("/cache"))),
						new SupervisorSettings(new Capacity(1, 2, 3), LIMITS, RESTART, RECYCLE, RELOAD,
								new Initialization(true, true)),
						OnMasterLoss.WAIT, new FileSettings(Path.of("/run/app"), Path.of("/run/app.pid")),
						settings.told()));
		assertThat(settings.told()).containsEntry("jvm.heap", "1073741824").doesNotContainKey("jvm.options");
	}

	@Test
	void whenOnlyRequiredSettingsAreReportedThenTheOthersAreAbsent() {
		Map<String, String> reported = new HashMap<>(REQUIRED);
		reported.put("workers", MasterSettings.AUTO);

		MasterSettings settings = MasterSettings.from(reported);

		assertThat(settings.workers()).isNull();
		assertThat(settings.launch().jvm()).isEqualTo(new JvmSettings(List.of(), true, null, 0, 0.9));
		assertThat(settings.files().runDir()).isNull();
		assertThat(settings.onMasterLoss()).isEqualTo(OnMasterLoss.DRAIN);
		assertThat(settings.files().pidFile()).isNull();
	}

	@ParameterizedTest
	@MethodSource("required")
	void whenSettingIsMissingThenTheMessageNamesIt(String name) {
		Map<String, String> reported = new HashMap<>(REQUIRED);
		reported.remove(name);

		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> MasterSettings.from(reported))
			.withMessage("The application did not report prefork.%s; "
					+ "the launcher and the starter in the application have to be of the same version", name)
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCodes.USAGE));
	}

	@Test
	void whenHeapIsSetThenItWinsOverTheFirstJvmAndOptionsForWorkersWinOverIt() {
		JvmSettings jvm = new JvmSettings(List.of("-Xss1m", "-Xmx2g"), false, null, 300 << 20, 0.9);

		assertThat(jvm.forWorkers()).containsExactly("-Xmx307200k", "-Xss1m", "-Xmx2g");
		assertThat(jvm.inherited(List.of("-Xmx4g", "-Da=b", "-javaagent:x.jar"))).containsExactly("-Da=b");
	}

}
