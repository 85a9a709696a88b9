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

package io.prefork.boot.leader;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OnceRunners} with a real start of {@link SpringApplication}.
 */
class OnceRunnersTests {

	@Test
	void whenInitializerThenAllRunInTheirOrder() {
		assertThat(run("true")).containsExactly("marked class", "usual", "marked method", "command line");
	}

	@Test
	void whenNotInitializerThenWhatIsMarkedDoesNotRun() {
		assertThat(run("false")).containsExactly("usual");
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "false" })
	void whenARunnerIsMarkedThenItIsStillWhatItIs(String initializer) {
		try (ConfigurableApplicationContext context = start(initializer)) {
			assertThat(context.getBean(Marked.class).describe()).isEqualTo("marked");
		}
	}

	private static List<String> run(String initializer) {
		try (ConfigurableApplicationContext context = start(initializer)) {
			return context.getBean(Ran.class).names;
		}
	}

	private static ConfigurableApplicationContext start(String initializer) {
		return new SpringApplicationBuilder(Runners.class).web(WebApplicationType.NONE)
			.properties("prefork.enabled=false", "initializer=" + initializer)
			.run();
	}

	static class Ran {

		private final List<String> names = new ArrayList<>();

	}

	@OncePerService
	@Order(1)
	static class Marked implements ApplicationRunner {

		private final Ran ran;

		Marked(Ran ran) {
			this.ran = ran;
		}

		@Override
		public void run(ApplicationArguments arguments) {
			this.ran.names.add("marked class");
		}

		String describe() {
			return "marked";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Runners {

		@Bean
		static OnceRunners onceRunners(org.springframework.core.env.Environment environment) {
			return new OnceRunners(environment.getRequiredProperty("initializer", Boolean.class));
		}

		@Bean
		Ran ran() {
			return new Ran();
		}

		@Bean
		Marked marked(Ran ran) {
			return new Marked(ran);
		}

		@Bean
		@Order(2)
		ApplicationRunner usual(Ran ran) {
			return (arguments) -> ran.names.add("usual");
		}

		@Bean
		@Order(3)
		@OncePerService
		ApplicationRunner lambda(Ran ran) {
			return (arguments) -> ran.names.add("marked method");
		}

		@Bean
		@Order(4)
		@OncePerService
		CommandLineRunner commandLine(Ran ran) {
			return (arguments) -> ran.names.add("command line");
		}

	}

}
