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

package io.prefork.sample;

import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BadReleaseConfiguration}, but for the exit, and for {@link Deadlock}.
 */
class BadReleaseConfigurationTests {

	private final ReactiveWebApplicationContextRunner context = new ReactiveWebApplicationContextRunner()
		.withInitializer((context) -> context.getBeanFactory()
			.setConversionService(ApplicationConversionService.getSharedInstance()))
		.withUserConfiguration(BadReleaseConfiguration.class);

	@Test
	void whenNothingIsSetThenReleaseIsGood() {
		this.context.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(WebFilter.class)
			.doesNotHaveBean(ApplicationRunner.class)
			.doesNotHaveBean("exitAfter"));
	}

	@Test
	void whenReleaseFailsAtStartThenContextFails() {
		this.context.withPropertyValues("sample.fail=at-start")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("This release fails at its start"));
	}

	@Test
	void whenReleaseHangsAtStartThenRunnerBlocks() {
		this.context.withPropertyValues("sample.fail=hang-at-start")
			.run((context) -> assertThat(context).hasSingleBean(ApplicationRunner.class));
	}

	@Test
	void whenReleaseAnswers500ThenItDoesForAllPaths() {
		this.context.withPropertyValues("sample.fail=answer-500").run((context) -> {
			WebFilter filter = context.getBean(WebFilter.class);

			assertThat(statusOf(filter, "/")).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
			assertThat(statusOf(filter, "/hello")).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
		});
	}

	@Test
	void whenReleaseAnswersGreetingsWith500ThenOtherPathsPass() {
		this.context.withPropertyValues("sample.fail=hello-500").run((context) -> {
			WebFilter filter = context.getBean(WebFilter.class);

			assertThat(statusOf(filter, "/hello")).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
			assertThat(statusOf(filter, "/pid")).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
			assertThat(statusOf(filter, "/")).isEqualTo(HttpStatus.OK);
			assertThat(statusOf(filter, "/version")).isEqualTo(HttpStatus.OK);
		});
	}

	@Test
	void whenReleaseExitsThenListenerWaitsForReady() {
		this.context.withPropertyValues("sample.fail=exit-after", "sample.fail-after=2s")
			.run((context) -> assertThat(context).hasSingleBean(ApplicationListener.class));
	}

	@Test
	void whenThreadEntersDeadlockThenItStaysThere() {
		AtomicBoolean left = new AtomicBoolean();
		Thread thread = new Thread(() -> {
			new Deadlock().enter();
			left.set(true);
		});
		thread.setDaemon(true);

		thread.start();

		Awaitility.await().until(() -> thread.getState() == Thread.State.BLOCKED);
		assertThat(left).isFalse();
	}

	private static @Nullable HttpStatusCode statusOf(WebFilter filter, String path) {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get(path));
		filter.filter(exchange, (passed) -> Mono.fromRunnable(() -> passed.getResponse().setStatusCode(HttpStatus.OK)))
			.block();
		return exchange.getResponse().getStatusCode();
	}

}
