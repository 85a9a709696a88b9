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

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.prefork.boot.work.Offload;
import io.prefork.boot.work.OffloadRejectedException;
import io.prefork.boot.work.RequestThreadsFilter;
import io.prefork.boot.work.RequestWork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PreforkWorkAutoConfiguration}.
 */
class PreforkWorkAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(PreforkWorkAutoConfiguration.class));

	@Test
	void whenNothingIsSetThenHandlersAreLeftAsTheyAre() {
		HttpHandler handler = (request, response) -> Mono.empty();

		this.runner.run((context) -> assertThat(context.getBean(RequestWork.class).apply(handler)).isSameAs(handler));
	}

	@Test
	void whenRequestsStayOnEventLoopsThenNoFilterTakesThemBack() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(RequestThreadsFilter.class));
		this.runner.withPropertyValues("prefork.worker-class=sync")
			.run((context) -> assertThat(context).hasSingleBean(RequestThreadsFilter.class));
	}

	@ParameterizedTest
	@CsvSource({ "/orders, prefork-request-", "/actuators, prefork-request-", "/actuator/health, main",
			"/actuator, main" })
	void whenRequestsHaveThreadsThenEndpointsOfTheActuatorHaveNone(String path, String thread) {
		this.runner.withPropertyValues("prefork.worker-class=threads").run((context) -> {
			StringBuilder name = new StringBuilder();
			HttpHandler handler = context.getBean(RequestWork.class)
				.apply((request, response) -> Mono.fromRunnable(() -> name.append(Thread.currentThread().getName())));

			handler.handle(MockServerHttpRequest.get(path).build(), new MockServerHttpResponse()).block(LIMIT);

			assertThat(name.toString()).startsWith(thread);
		});
	}

	@Test
	void whenWhatIsCancelledAnswersWithAnErrorThenTheTimeLimitHasAnsweredBefore() {
		this.runner.withPropertyValues("prefork.request-timeout=100ms").run((context) -> {
			MockServerHttpResponse answer = new MockServerHttpResponse();
			HttpHandler handler = context.getBean(RequestWork.class)
				.apply((request, response) -> Mono.<Void>never().doOnCancel(() -> {
					response.setStatusCode(HttpStatus.INTERNAL_SERVER_ERROR);
					response.setComplete().block(LIMIT);
				}));

			handler.handle(MockServerHttpRequest.get("/page").build(), answer).block(LIMIT);

			assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
			assertThat(answer.getBodyAsString().block(LIMIT)).contains("took too long");
		});
	}

	@Test
	void whenAnswerHasBegunThenTheTimeLimitEndsItUnlessItIsAStreamOfEvents() {
		this.runner.withPropertyValues("prefork.request-timeout=100ms").run((context) -> {
			RequestWork work = context.getBean(RequestWork.class);
			MockServerHttpResponse page = new MockServerHttpResponse();
			MockServerHttpResponse events = new MockServerHttpResponse();
			events.getHeaders().set("Content-Type", "text/event-stream;charset=UTF-8");
			HttpHandler handler = work.apply((request, response) -> response.setComplete().then(Mono.never()));

			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> handler.handle(MockServerHttpRequest.get("/page").build(), page).block(LIMIT))
				.withMessageContaining("GET /page takes longer than prefork.request-timeout, 100 ms");
			assertThat(work.timedOut()).isOne();
			assertThat(Flux
				.merge(handler.handle(MockServerHttpRequest.get("/events").build(), events),
						Mono.delay(Duration.ofMillis(400)))
				.blockFirst(LIMIT)).isNotNull();
			assertThat(work.timedOut()).isOne();
		});
	}

	@Test
	void whenTooMuchIsOffloadedThenItIsRejectedAsServiceUnavailable() {
		this.runner.withPropertyValues("prefork.offload.threads=1", "prefork.offload.queue=1").run((context) -> {
			Offload offload = context.getBean(Offload.class);
			CountDownLatch end = new CountDownLatch(1);
			Mono<String> task = offload.call(() -> {
				end.await();
				return Thread.currentThread().getName();
			});
			Mono<String> first = task.cache();
			Mono<String> second = task.cache();
			first.subscribe();
			second.subscribe();

			assertThatExceptionOfType(OffloadRejectedException.class).isThrownBy(() -> task.block(LIMIT))
				.matches((ex) -> ex.getStatusCode().value() == 503);
			end.countDown();
			assertThat(first.block(LIMIT)).startsWith("prefork-offload-").isEqualTo(second.block(LIMIT));
		});
	}

	@Test
	void whenUserHasThreadsForThatThenThoseAreUsed() {
		this.runner.withUserConfiguration(OwnOffload.class)
			.run((context) -> assertThat(context).hasSingleBean(Offload.class).hasBean("ownOffload"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnOffload {

		@Bean
		Offload ownOffload() {
			return new Offload(1, 1);
		}

	}

}
