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
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TrainingEnvironmentPostProcessor}.
 */
class TrainingEnvironmentPostProcessorTests {

	@Test
	void whenProcessIsTrainedThenItsPortsAreItsOwnAndNoOtherIsOpened() {
		ConfigurableEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("user", Map.of("server.port", "8080", "management.server.port", "8081",
					"spring.rsocket.server.port", "-1")));

		Map<String, Object> overrides = TrainingEnvironmentPostProcessor.overrides(environment);

		assertThat(overrides).containsEntry("server.port", "0")
			.containsEntry("server.address", "127.0.0.1")
			.containsEntry("management.server.port", "0")
			.doesNotContainKeys("spring.rsocket.server.port", "spring.grpc.server.port");
	}

	@Test
	void whenProcessIsAnyOtherThenNothingChanges() {
		ConfigurableEnvironment environment = new StandardEnvironment();
		MutablePropertySources sources = environment.getPropertySources();
		int before = sources.size();

		new TrainingEnvironmentPostProcessor().postProcessEnvironment(environment, new SpringApplication());

		assertThat(sources).hasSize(before);
	}

}
