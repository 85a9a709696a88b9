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

package io.prefork.boot.environment;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DatabaseSetup}.
 */
class DatabaseSetupTests {

	private static final String MODE = "spring.sql.init.mode";

	@ParameterizedTest
	@ValueSource(strings = { "always", "ALWAYS" })
	void whenScriptsAlwaysRunThenTheyDoOnceExceptInADatabaseOfTheProcess(String always) {
		ConfigurableEnvironment environment = environment(Map.of(MODE, always));

		assertThat(DatabaseSetup.isExpected(environment)).isTrue();
		assertThat(DatabaseSetup.done(environment)).containsExactly(Map.entry(MODE, "embedded"));
		environment.getPropertySources().addFirst(new MapPropertySource("worker", DatabaseSetup.done(environment)));
		assertThat(DatabaseSetup.runsOnce(environment)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "never", "" })
	void whenScriptsDoNotAlwaysRunThenNothingChanges(String mode) {
		ConfigurableEnvironment environment = environment(Map.of(MODE, mode));

		assertThat(DatabaseSetup.isExpected(environment)).isFalse();
		assertThat(DatabaseSetup.done(environment)).isEmpty();
		assertThat(DatabaseSetup.runsOnce(environment)).isFalse();
	}

	@Test
	void whenTablesOfQuartzAreSetUpThenOnlyOnce() {
		assertThat(DatabaseSetup.done(environment(Map.of("spring.quartz.jdbc.initialize-schema", "always"))))
			.containsExactly(Map.entry("spring.quartz.jdbc.initialize-schema", "embedded"));
	}

	private static ConfigurableEnvironment environment(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("user", properties));
		return environment;
	}

}
