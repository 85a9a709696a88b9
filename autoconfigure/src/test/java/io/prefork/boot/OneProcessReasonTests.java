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
import java.util.Properties;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.prefork.boot.autoconfigure.PreforkProperties.Enabled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OneProcessReason}.
 */
class OneProcessReasonTests {

	private static final String AOT = "spring.aot.processing";

	private static final String EXIT = "spring.context.exit";

	private final Properties systemProperties = new Properties();

	@BeforeEach
	void remember() {
		this.systemProperties.putAll(System.getProperties());
	}

	@AfterEach
	void restore() {
		System.setProperties(this.systemProperties);
		SpringProperties.setProperty(AOT, null);
		SpringProperties.setProperty(EXIT, null);
	}

	@Test
	void whenTestStartsReactiveApplicationThenThatIsTheReason() {
		String reason = find(Enabled.AUTO, Map.of());

		assertThat(reason).isEqualTo("it was not started from a main method, or it was started by a test");
	}

	@Test
	void whenForcedThenThereIsNoReason() {
		String reason = find(Enabled.TRUE, Map.of());

		assertThat(reason).isNull();
	}

	@Test
	void whenForcedInABuildThenTheBuildDoesNotHang() {
		SpringProperties.setFlag(AOT);

		String reason = find(Enabled.TRUE, Map.of());

		assertThat(reason).isEqualTo("it is being processed ahead of time");
	}

	@Test
	void whenPropertySaysServletThenApplicationIsNotReactive() {
		String reason = find(Enabled.TRUE, Map.of("spring.main.web-application-type", "servlet"));

		assertThat(reason).isEqualTo("the application is not a reactive web application (its type is servlet)"
				+ "; replace spring-boot-starter-webmvc by spring-boot-starter-webflux");
	}

	@Test
	void whenClassPathSaysServletButPropertySaysReactiveThenThePropertyCounts() {
		SpringApplication application = new SpringApplication();
		application.setWebApplicationType(WebApplicationType.SERVLET);

		String reason = OneProcessReason.find(Enabled.TRUE,
				environment(Map.of("spring.main.web-application-type", "reactive")), application);

		assertThat(reason).isNull();
	}

	@Test
	void whenApplicationIsNotForTheWebThenThatIsTheReasonEvenIfForced() {
		SpringApplication application = new SpringApplication();
		application.setWebApplicationType(WebApplicationType.NONE);

		String reason = OneProcessReason.find(Enabled.TRUE, environment(Map.of()), application);

		assertThat(reason).isEqualTo("the application is not a reactive web application (its type is none)");
	}

	@Test
	void whenSystemIsNotLinuxThenThatIsTheReasonEvenIfForced() {
		System.setProperty("os.name", "Mac OS X");

		String reason = find(Enabled.TRUE, Map.of());

		assertThat(reason).isEqualTo("sockets can't be handed to other processes on Mac OS X");
	}

	@Test
	void whenReactorNettyIsMissingThenTheReasonNamesTheStarter() {
		Thread thread = Thread.currentThread();
		ClassLoader classLoader = thread.getContextClassLoader();
		thread.setContextClassLoader(new FilteredClassLoader("org.springframework.boot.reactor.netty"));

		String reason;
		try {
			reason = find(Enabled.TRUE, Map.of());
		}
		finally {
			thread.setContextClassLoader(classLoader);
		}

		assertThat(reason).isEqualTo("the web server is not Reactor Netty; add spring-boot-starter-reactor-netty");
	}

	@Test
	void whenProcessedAheadOfTimeThenThatIsTheReason() {
		SpringProperties.setFlag(AOT);

		String reason = find(Enabled.AUTO, Map.of());

		assertThat(reason).isEqualTo("it is being processed ahead of time");
	}

	@Test
	void whenSystemPropertySaysAheadOfTimeThenThatIsTheReason() {
		System.setProperty(AOT, "true");

		String reason = find(Enabled.AUTO, Map.of());

		assertThat(reason).isEqualTo("it is being processed ahead of time");
	}

	@Test
	void whenTrainingRunThenThatIsTheReason() {
		SpringProperties.setProperty(EXIT, "onRefresh");

		String reason = find(Enabled.AUTO, Map.of());

		assertThat(reason).isEqualTo("this is a training run (spring.context.exit is set)");
	}

	private static @Nullable String find(Enabled enabled, Map<String, Object> properties) {
		return OneProcessReason.find(enabled, environment(properties), new SpringApplication());
	}

	private static ConfigurableEnvironment environment(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.setConversionService(new ApplicationConversionService());
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		return environment;
	}

}
