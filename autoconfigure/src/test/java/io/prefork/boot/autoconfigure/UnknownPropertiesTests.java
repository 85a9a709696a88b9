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

package io.prefork.boot.autoconfigure;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.prefork.contract.Setting;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnknownProperties}.
 */
class UnknownPropertiesTests {

	@ParameterizedTest
	@CsvSource({ "prefork.worker, prefork.workers", "prefork.runDir2, prefork.run-dir",
			"prefork.jvm.option, prefork.jvm.options" })
	void whenNameIsSimilarThenThatIsSaid(String name, String similar) {
		assertThat(find(map(name))).singleElement()
			.asString()
			.endsWith("; did you mean %s?".formatted(similar))
			.contains("means nothing and is ignored (");
	}

	@Test
	void whenNothingIsSimilarThenNothingIsSuggested() {
		assertThat(find(map("prefork.some-thing.else"))).singleElement().asString().endsWith("\"test\")");
	}

	@Test
	void whenNamesAreKnownThenNothingIsSaid() {
		for (Setting setting : Setting.values()) {
			assertThat(find(map(setting.property()))).isEmpty();
		}
		assertThat(find(map("prefork.bind[0]"))).isEmpty();
		assertThat(find(map("prefork.maxRequests"))).isEmpty();
		assertThat(find(map("other.prefork.worker"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PREFORK_PORT", "PREFORK_PORT_8080_TCP", "PREFORK_PORT_8080_TCP_ADDR",
			"PREFORK_SERVICE_HOST", "PREFORK_SERVICE_PORT_HTTP", "PREFORK_DEMO_SERVICE_PORT", "PREFORK_DEMO_PORT",
			"PREFORK_WORKER_SLOT", "PREFORK_PREDECESSOR", "PREFORK_WORKERS", "PREFORK_RUN_DIR", "PREFORK_RUNDIR",
			"PREFORK_PRELOAD_CACHE_DIR" })
	void whenVariableIsOfSomebodyElseThenNothingIsSaid(String name) {
		assertThat(find(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(name, "1")))).isEmpty();
	}

	@Test
	void whenVariableHasTypingErrorThenItIsSaid() {
		assertThat(find(new SystemEnvironmentPropertySource("systemEnvironment", Map.of("PREFORK_SPARE", "1"))))
			.singleElement()
			.asString()
			.contains("did you mean prefork.spares?");
	}

	private static PropertySource<?> map(String name) {
		return new MapPropertySource("test", Map.of(name, "1"));
	}

	private static List<String> find(PropertySource<?> source) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().forEach((other) -> environment.getPropertySources().remove(other.getName()));
		environment.getPropertySources().addFirst(source);
		ConfigurationPropertySources.attach(environment);
		return UnknownProperties.in(environment);
	}

}
