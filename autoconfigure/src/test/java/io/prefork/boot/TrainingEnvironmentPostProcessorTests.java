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
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.prefork.contract.WorkerIdentity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TrainingEnvironmentPostProcessor}.
 */
class TrainingEnvironmentPostProcessorTests {

	private static final Map<String, String> TRAINED = Map.of(WorkerIdentity.TRAINING_VARIABLE, "requests");

	@Test
	void whenProcessIsTrainedThenItsPortsAreItsOwnAndNoOtherIsOpened() {
		ConfigurableEnvironment environment = process(TRAINED,
				Map.of("server.port", "8080", "management.server.port", "8081", "spring.rsocket.server.port", "-1"));

		assertThat(environment.getProperty("server.port")).isEqualTo("0");
		assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
		assertThat(environment.getProperty("management.server.port")).isEqualTo("0");
		assertThat(environment.getProperty("spring.rsocket.server.port")).isEqualTo("-1");
		assertThat(environment.containsProperty("spring.grpc.server.port")).isFalse();
	}

	@Test
	void whenProcessIsAnyOtherThenNothingChanges() {
		ConfigurableEnvironment environment = process(Map.of(), Map.of("server.port", "8080"));

		assertThat(environment.getProperty("server.port")).isEqualTo("8080");
	}

	private static ConfigurableEnvironment process(Map<String, String> variables, Map<String, Object> properties) {
		ConfigurableEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("user", properties));
		new TrainingEnvironmentPostProcessor(variables).postProcessEnvironment(environment, new SpringApplication());
		return environment;
	}

}
