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

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.WebFilter;

/**
 * Makes this a bad release, in the way that {@code sample.fail} says, to try out what
 * becomes of one.
 */
@Configuration(proxyBeanMethods = false)
class BadReleaseConfiguration {

	private static final Set<String> GREETINGS = Set.of("/hello", "/pid");

	/**
	 * Fail while the application starts.
	 * @return a bean that can't be initialised
	 */
	@Bean
	@ConditionalOnProperty(name = "sample.fail", havingValue = "at-start")
	InitializingBean failAtStart() {
		return () -> {
			throw new IllegalStateException("This release fails at its start");
		};
	}

	/**
	 * Never get ready: the port is open, but the start does not come to its end.
	 * @return a runner that does not return
	 */
	@Bean
	@ConditionalOnProperty(name = "sample.fail", havingValue = "hang-at-start")
	ApplicationRunner hangAtStart() {
		return (arguments) -> new CountDownLatch(1).await();
	}

	/**
	 * Answer every request with 500.
	 * @return a filter that lets nothing pass
	 */
	@Bean
	@ConditionalOnProperty(name = "sample.fail", havingValue = "answer-500")
	WebFilter answer500() {
		return (exchange, chain) -> {
			exchange.getResponse().setStatusCode(HttpStatus.INTERNAL_SERVER_ERROR);
			return exchange.getResponse().setComplete();
		};
	}

	/**
	 * Answer {@code /hello} and {@code /pid} with 500 and nothing else, so that the start
	 * page looks well.
	 * @return a filter that lets other paths pass
	 */
	@Bean
	@ConditionalOnProperty(name = "sample.fail", havingValue = "hello-500")
	WebFilter hello500() {
		WebFilter failing = answer500();
		return (exchange, chain) -> GREETINGS.contains(exchange.getRequest().getPath().value())
				? failing.filter(exchange, chain) : chain.filter(exchange);
	}

	/**
	 * Exit some time after the start, as if something important had gone wrong.
	 * @param delay how long after the application is ready, 5 s by default
	 * @return a listener that schedules the exit
	 */
	@Bean
	@ConditionalOnProperty(name = "sample.fail", havingValue = "exit-after")
	ApplicationListener<ApplicationReadyEvent> exitAfter(@Value("${sample.fail-after:5s}") Duration delay) {
		return (event) -> {
			Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS,
					(task) -> new Thread(task, "exit").start());
			later.execute(() -> Runtime.getRuntime().exit(1));
		};
	}

}
