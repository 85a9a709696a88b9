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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * The set-up of databases when an application starts, which harms if a worker that
 * replaces another one does it again, and may not bear that several workers do it at
 * once.
 */
public final class DatabaseSetup {

	/**
	 * Whether scripts run: "always", "embedded" or "never". They may drop tables.
	 */
	private static final List<String> MODES = List.of("spring.sql.init.mode", "spring.batch.jdbc.initialize-schema",
			"spring.integration.jdbc.initialize-schema", "spring.quartz.jdbc.initialize-schema",
			"spring.session.jdbc.initialize-schema");

	private static final Map<String, String> MIGRATIONS = Map.of("org.flywaydb.core.Flyway", "spring.flyway.enabled",
			"liquibase.Liquibase", "spring.liquibase.enabled");

	private DatabaseSetup() {
	}

	/**
	 * Whether the first worker sets up what the others need.
	 * @param environment the application's properties
	 * @return {@code true} if there are migrations, or scripts that always run
	 */
	public static boolean isExpected(Environment environment) {
		return MODES.stream().anyMatch((mode) -> isAlways(environment, mode)) || MIGRATIONS.entrySet()
			.stream()
			.anyMatch((tool) -> ClassUtils.isPresent(tool.getKey(), null)
					&& environment.getProperty(tool.getValue(), Boolean.class, true));
	}

	/**
	 * The properties of a worker for whom another one has run the scripts: they run only
	 * in a database that is inside this process. Migrations look for themselves what has
	 * been done.
	 * @param environment the application's properties
	 * @return the properties that are different
	 */
	public static Map<String, Object> done(Environment environment) {
		Map<String, Object> properties = new HashMap<>();
		MODES.stream()
			.filter((mode) -> isAlways(environment, mode))
			.forEach((mode) -> properties.put(mode, "embedded"));
		return properties;
	}

	/**
	 * Whether there are scripts that would run at each start of a process that is alone.
	 * @param environment the properties of a worker
	 * @return {@code true} if so
	 */
	public static boolean runsOnce(ConfigurableEnvironment environment) {
		return MODES.stream()
			.anyMatch((mode) -> environment.getPropertySources()
				.stream()
				.anyMatch((source) -> "always".equalsIgnoreCase(String.valueOf(source.getProperty(mode)))));
	}

	private static boolean isAlways(Environment environment, String mode) {
		return "always".equalsIgnoreCase(environment.getProperty(mode));
	}

}
