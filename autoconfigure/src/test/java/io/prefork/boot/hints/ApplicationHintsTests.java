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

package io.prefork.boot.hints;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Sinks;

import io.prefork.boot.environment.Budgets;
import io.prefork.status.Hint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ApplicationHints} with contexts as Spring Boot makes them.
 */
class ApplicationHintsTests {

	private final ReactiveWebApplicationContextRunner application = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebFluxAutoConfiguration.class, HttpHandlerAutoConfiguration.class,
				CodecsAutoConfiguration.class));

	@Test
	void whenAnApplicationHasNothingOfThatKindThenThereIsNoHint() {
		assertThat(topics(this.application)).isEmpty();
	}

	@Test
	void whenAHandlerTakesASessionThenSessionsAreFound() {
		assertThat(topics(this.application.withUserConfiguration(Counter.class))).containsExactly("sessions");
	}

	@Test
	void whenThereAreSchedulesThenItIsSaidWhereTheyRun() {
		ReactiveWebApplicationContextRunner scheduled = this.application.withUserConfiguration(Jobs.class);

		assertThat(hints(scheduled)).singleElement()
			.satisfies((hint) -> assertThat(hint.finding()).isEqualTo("2 scheduled tasks run on the leader only"));
		assertThat(hints(scheduled.withPropertyValues("prefork.leader.scheduling=all"))).singleElement()
			.satisfies((hint) -> assertThat(hint.finding()).isEqualTo("2 scheduled tasks run in each worker"));
	}

	@Test
	void whenThereAreBeansWithStateThenTheyAreFound() {
		assertThat(topics(this.application.withUserConfiguration(State.class))).containsExactly("caches", "broadcast");
	}

	@ParameterizedTest
	@CsvSource({ "spring.datasource.url, jdbc:h2:mem:test, database",
			"spring.r2dbc.url, r2dbc:h2:mem:///test, database", "spring.datasource.url, jdbc:h2:file:./test,",
			"spring.sql.init.mode, always, scripts", "spring.sql.init.mode, embedded,",
			"spring.jpa.hibernate.ddl-auto, create-drop, schema", "spring.jpa.hibernate.ddl-auto, validate,",
			"logging.file.name, app-0.log, logs" })
	void whenAPropertyTellsThenThatIsFound(String name, String value, String topic) {
		assertThat(topics(this.application.withPropertyValues(name + "=" + value)))
			.isEqualTo((topic != null) ? List.of(topic) : List.of());
	}

	@Test
	void whenWorkersHaveSharesOfALimitThenTheyAreNamed() {
		ReactiveWebApplicationContextRunner limited = this.application.withPropertyValues("my.limit=10")
			.withInitializer((context) -> Budgets.divide(context.getEnvironment(), List.of("my.limit"), 4));

		assertThat(hints(limited)).singleElement()
			.satisfies((hint) -> assertThat(hint.finding()).endsWith("my.limit 2 of 10"));
	}

	private static List<String> topics(ReactiveWebApplicationContextRunner application) {
		return hints(application).stream().map(Hint::topic).toList();
	}

	private static List<Hint> hints(ReactiveWebApplicationContextRunner application) {
		List<Hint> hints = new ArrayList<>();
		application.run((context) -> hints
			.addAll(ApplicationHints.in((ConfigurableApplicationContext) context.getSourceApplicationContext())));
		return hints;
	}

	@RestController
	static class Counter {

		@GetMapping("/count")
		int count(WebSession session) {
			return session.getAttributes().size();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Jobs {

		@Scheduled(fixedRate = 1_000_000)
		void rate() {
		}

		@Scheduled(cron = "0 0 0 1 1 *")
		void cron() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class State {

		@Bean
		ConcurrentMapCacheManager caches() {
			return new ConcurrentMapCacheManager();
		}

		@Bean
		Sinks.Many<Map<String, String>> messages() {
			return Sinks.many().multicast().onBackpressureBuffer();
		}

	}

}
