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

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.InMemoryWebSessionStore;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Sinks;

import io.prefork.status.Hint;

/**
 * Finds state that one worker has and another one has not.
 */
final class StateHints {

	private static final List<String> IN_MEMORY = List.of(":h2:mem", ":hsqldb:mem:", ":derby:memory:");

	private StateHints() {
	}

	static Stream<Hint> sessions(ExaminedApplication application) {
		boolean inMemory = application.created(WebSessionManager.class)
			.anyMatch((manager) -> manager instanceof DefaultWebSessionManager standard
					&& standard.getSessionStore() instanceof InMemoryWebSessionStore);
		boolean used = application.has("org.springframework.security.web.server.SecurityWebFilterChain")
				|| application.created(RequestMappingHandlerMapping.class).anyMatch(StateHints::takesSessions);
		return HintFinder.when((inMemory && used), "sessions",
				"web sessions are kept in the memory of one worker, and are gone when another one answers or that one is replaced",
				"Spring Session with a store of its own (spring-boot-starter-session-data-redis), or no sessions (tokens)");
	}

	static Stream<Hint> caches(ExaminedApplication application) {
		boolean own = application.has("org.springframework.cache.concurrent.ConcurrentMapCacheManager")
				|| application.has("org.springframework.cache.caffeine.CaffeineCacheManager");
		return HintFinder.when(own, "caches",
				"each worker has caches of its own: what is evicted or updated in one stays in the others",
				"entries that expire soon, eviction by WorkerBroadcast, or a shared cache (Redis)");
	}

	static Stream<Hint> databases(ExaminedApplication application) {
		boolean embedded = application.has("org.springframework.jdbc.datasource.embedded.EmbeddedDatabase")
				|| isInMemory(application.property("spring.datasource.url"))
				|| isInMemory(application.property("spring.r2dbc.url"))
				|| (application.has("io.r2dbc.spi.ConnectionFactory")
						&& application.property("spring.r2dbc.url").isEmpty()
						&& ClassUtils.isPresent("io.r2dbc.h2.H2ConnectionFactory", null))
				|| application.names("com.zaxxer.hikari.HikariDataSource")
					.stream()
					.map((name) -> application.context().getBeanFactory().getSingleton(name))
					.anyMatch((pool) -> pool != null && isInMemory(String
						.valueOf(PropertyAccessorFactory.forBeanPropertyAccess(pool).getPropertyValue("jdbcUrl"))));
		return HintFinder.when(embedded, "database",
				"a database in memory: each worker has its own, empty at its start",
				"a database in a file or a process of its own; for H2 jdbc:h2:file:...;AUTO_SERVER=TRUE");
	}

	static Stream<Hint> broadcasts(ExaminedApplication application) {
		boolean sinks = application.created(Sinks.Many.class).findAny().isPresent();
		boolean broker = application.has("org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler");
		return HintFinder.when(sinks || broker, "broadcast",
				(sinks ? "a Sinks.Many" : "the simple broker") + " reaches the subscribers of its worker only",
				"WorkerBroadcast for those of all workers, or a broker (Redis, RabbitMQ)");
	}

	static Stream<Hint> limits(ExaminedApplication application) {
		return HintFinder.when(application.has("io.github.resilience4j.ratelimiter.RateLimiterRegistry"), "limits",
				"rate limiters count in each worker: N times as much passes",
				"limits divided by the number of workers (prefork.budgets), or a shared limiter (Redis)");
	}

	private static boolean takesSessions(RequestMappingHandlerMapping mapping) {
		return mapping.getHandlerMethods()
			.values()
			.stream()
			.flatMap((method) -> Stream.of(method.getMethodParameters()))
			.anyMatch((parameter) -> WebSession.class.isAssignableFrom(parameter.getParameterType()));
	}

	private static boolean isInMemory(String url) {
		String lower = url.toLowerCase(Locale.ROOT);
		return IN_MEMORY.stream().anyMatch(lower::contains);
	}

}
