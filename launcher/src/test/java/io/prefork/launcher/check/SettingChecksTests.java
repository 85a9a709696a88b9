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

package io.prefork.launcher.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.prefork.launcher.supervisor.ReloadPolicy;
import io.prefork.launcher.supervisor.TimeLimits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SettingChecks}.
 */
class SettingChecksTests {

	private static final Map<String, String> KUBERNETES = Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1");

	@Test
	void whenSettingsAreTheDefaultsThenNothingIsFound() {
		assertThat(findings(Duration.ZERO, Duration.ofMinutes(10), Map.of())).isEmpty();
	}

	@Test
	void whenNoReloadCanEndInTimeThenItIsFound() {
		assertThat(findings(Duration.ofSeconds(20), Duration.ofSeconds(90), Map.of())).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.found()).isEqualTo(
						"prefork.reload.canary and prefork.drain-delay of 4 workers take 90 s, and prefork.reload.timeout is 90 s");
				assertThat(finding.remedy()).isEqualTo("prefork.reload.timeout of at least 690 s");
			});
		assertThat(findings(Duration.ofSeconds(20), Duration.ofSeconds(91), Map.of())).isEmpty();
	}

	@Test
	void whenKubernetesKillsBeforeTheDrainIsOverThenItIsFound() {
		assertThat(findings(Duration.ofSeconds(5), Duration.ofMinutes(10), KUBERNETES)).extracting(Finding::remedy)
			.containsExactly("terminationGracePeriodSeconds: 45, or a shorter prefork.graceful-timeout");
	}

	private static List<Finding> findings(Duration drainDelay, Duration reloadTimeout,
			Map<String, String> environment) {
		return SettingChecks.findings(
				new TimeLimits(Duration.ofSeconds(120), Duration.ofSeconds(30), Duration.ofSeconds(30), drainDelay),
				new ReloadPolicy(Duration.ofSeconds(10), 0.05, reloadTimeout), 4, environment);
	}

}
