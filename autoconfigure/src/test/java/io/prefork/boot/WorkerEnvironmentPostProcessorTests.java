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

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

import io.prefork.contract.WorkerIdentity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkerEnvironmentPostProcessor}.
 */
class WorkerEnvironmentPostProcessorTests {

	@Test
	void whenProcessIsNoWorkerThenNothingChanges() {
		ConfigurableEnvironment environment = new StandardEnvironment();
		List<String> before = names(environment);

		new WorkerEnvironmentPostProcessor(Map.of()).postProcessEnvironment(environment, new SpringApplication());

		assertThat(names(environment)).isEqualTo(before);
	}

	@Test
	void whenWorkerIsTheFirstOfTheServiceThenItPrintsTheBanner() {
		ConfigurableEnvironment environment = process(0, 1, Map.of());

		String banner = environment.getProperty("spring.main.banner-mode");

		assertThat(banner).isNull();
	}

	@Test
	void whenWorkerIsAnotherSlotOrIncarnationThenItPrintsNoBanner() {
		ConfigurableEnvironment otherSlot = process(1, 1, Map.of("spring.main.banner-mode", "console"));
		ConfigurableEnvironment otherIncarnation = process(0, 2, Map.of());

		assertThat(otherSlot.getProperty("spring.main.banner-mode")).isEqualTo("off");
		assertThat(otherIncarnation.getProperty("spring.main.banner-mode")).isEqualTo("off");
	}

	@Test
	void whenProcessIsWorkerThenItsLogLinesNameTheSlot() {
		ConfigurableEnvironment environment = process(3, 1, Map.of());

		String level = environment.getProperty("logging.pattern.level");

		assertThat(level).isEqualTo("%5p [worker=3]");
	}

	@Test
	void whenAddressesAreSetThenTheFirstPortIsTheServersPort() {
		ConfigurableEnvironment environment = process(0, 1,
				Map.of("prefork.bind", "unix:/run/app.sock, [::1]:9000, 9001", "server.port", "8080"));

		assertThat(environment.getProperty("server.port")).isEqualTo("9000");
		assertThat(environment.getProperty("server.address")).isEqualTo("0:0:0:0:0:0:0:1");
	}

	@Test
	void whenProcessIsWorkerThenItDoesNotTakeTheServiceOutOfBootAdminUnlessTheUserSaysSo() {
		String property = "spring.boot.admin.client.auto-deregistration";

		assertThat(process(3, 1, Map.of()).getProperty(property)).isEqualTo("false");
		assertThat(process(3, 1, Map.of(property, "true")).getProperty(property)).isEqualTo("true");
	}

	@Test
	void whenProcessIsWorkerThenWhatOpenTelemetrySendsNamesTheSlotUnlessTheUserSaysOtherwise() {
		String attribute = "management.opentelemetry.resource-attributes.worker";

		assertThat(process(3, 1, Map.of()).getProperty(attribute)).isEqualTo("3");
		assertThat(process(-1, 1, Map.of()).getProperty(attribute)).isEqualTo("spare");
		assertThat(process(3, 1, Map.of(attribute, "mine")).getProperty(attribute)).isEqualTo("mine");
	}

	@Test
	void whenAnotherWorkerInitializesThenScriptsDoNotRunHere() {
		assertThat(process(3, 1, Map.of("spring.sql.init.mode", "always")).getProperty("spring.sql.init.mode"))
			.isEqualTo("embedded");
	}

	@Test
	void whenLimitsAreForTheServiceThenThisWorkerHasItsShare() {
		ConfigurableEnvironment environment = process(3, 1,
				Map.of("my.limit", 10, "prefork.budgets", "known,my.limit"));

		assertThat(environment.getProperty("my.limit")).isEqualTo("5");
	}

	@Test
	void whenThereIsALogFileThenThisWorkerHasItsOwn() {
		assertThat(process(3, 1, Map.of("logging.file.name", "app.log")).getProperty("logging.file.name"))
			.isEqualTo("app-0.log");
	}

	@Test
	void whenUserSetThePatternThenItStays() {
		ConfigurableEnvironment environment = process(3, 1, Map.of("logging.pattern.level", "%p"));

		String level = environment.getProperty("logging.pattern.level");

		assertThat(level).isEqualTo("%p");
	}

	@Test
	void whenSpringLoadsPostProcessorsThenThisIsOne() {
		List<EnvironmentPostProcessor> loaded = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(EnvironmentPostProcessor.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, ex) -> {
			}));

		assertThat(loaded).hasAtLeastOneElementOfType(WorkerEnvironmentPostProcessor.class);
	}

	private static ConfigurableEnvironment process(int slot, int incarnation, Map<String, Object> properties) {
		ConfigurableEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addLast(new MapPropertySource("user", properties));
		Map<String, String> variables = new HashMap<>();
		new WorkerIdentity(slot, incarnation, 1, 2, false, 0, Path.of("/run"), "token").writeTo(variables,
				ThisWorker.parent());
		new WorkerEnvironmentPostProcessor(variables).postProcessEnvironment(environment, new SpringApplication());
		return environment;
	}

	private static List<String> names(ConfigurableEnvironment environment) {
		return environment.getPropertySources().stream().map((source) -> source.getName()).toList();
	}

}
