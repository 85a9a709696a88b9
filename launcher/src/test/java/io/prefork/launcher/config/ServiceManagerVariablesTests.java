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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServiceManagerVariables}.
 */
class ServiceManagerVariablesTests {

	private final Map<String, String> environment = new HashMap<>(
			Map.of("NOTIFY_SOCKET", "/run/notify", "WATCHDOG_USEC", "1", "WATCHDOG_PID", "2", "LISTEN_PID", "2",
					"LISTEN_FDS", "1", "LISTEN_FDNAMES", "web", "LISTEN_PIDFDID", "3", "LISTEN_ADDRESS", "the user's"));

	@Test
	void whenProcessIsNotTheServiceThenItKnowsNothing() {
		ServiceManagerVariables.removeFrom(this.environment);

		assertThat(this.environment).containsOnlyKeys("LISTEN_ADDRESS");
	}

	@Test
	void whenProcessBecomesTheServiceThenItMaySpeak() {
		ServiceManagerVariables.removeAddressed(this.environment);

		assertThat(this.environment).containsOnlyKeys("NOTIFY_SOCKET", "WATCHDOG_USEC", "LISTEN_ADDRESS");
	}

}
