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
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.ClassUtils;

import io.prefork.boot.work.KeepAlive;
import io.prefork.boot.work.Offload;
import io.prefork.boot.work.RequestThreads;
import io.prefork.boot.work.RequestThreadsFilter;
import io.prefork.boot.work.RequestTimeout;
import io.prefork.boot.work.RequestWork;
import io.prefork.boot.work.WorkerClass;
import io.prefork.contract.Setting;

/**
 * Auto-configuration for the threads on which requests are handled, and how long that may
 * take. It applies to one process as well: an application that may block has to wherever
 * it runs.
 */
@AutoConfiguration(after = PreforkAutoConfiguration.class)
@ConditionalOnClass(NettyReactiveWebServerFactory.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@EnableConfigurationProperties(PreforkProperties.class)
public final class PreforkWorkAutoConfiguration {

	private static final String ACTUATOR = "org.springframework.boot.actuate.endpoint.web.WebOperation";

	@Bean
	// The outermost, so that decorators of the application are run by its threads as
	// well.
	@Order(Ordered.LOWEST_PRECEDENCE)
	RequestWork preforkRequestWork(PreforkProperties properties, Environment environment) {
		Duration limit = properties.requestTimeout();
		return new RequestWork(threads(properties), limit.isZero() ? null : new RequestTimeout(limit),
				operations(environment));
	}

	@Bean
	@Conditional(OnRequestThreads.class)
	RequestThreadsFilter preforkRequestThreads(RequestWork work) {
		return new RequestThreadsFilter(work);
	}

	@Bean
	@ConditionalOnMissingBean
	Offload preforkOffload(PreforkProperties properties) {
		Integer threads = properties.offload().threads();
		return new Offload((threads != null) ? threads : Runtime.getRuntime().availableProcessors(),
				properties.offload().queue());
	}

	@Bean
	KeepAlive preforkKeepAlive(PreforkProperties properties) {
		return new KeepAlive(properties.keepAlive(), properties.workerClass() == WorkerClass.SYNC);
	}

	private static @Nullable RequestThreads threads(PreforkProperties properties) {
		return switch (properties.workerClass()) {
			case EVENT_LOOP -> null;
			case SYNC -> RequestThreads.single();
			case THREADS -> RequestThreads.bounded(properties.requestThreads(), properties.requestQueue());
			case VIRTUAL_THREADS -> RequestThreads.virtual();
		};
	}

	/**
	 * Endpoints of the actuator have to answer most of all when nothing else does.
	 * @param environment the environment
	 * @return whether a request is for an endpoint
	 */
	private static Predicate<ServerHttpRequest> operations(Environment environment) {
		if (!ClassUtils.isPresent(ACTUATOR, PreforkWorkAutoConfiguration.class.getClassLoader())) {
			return (request) -> false;
		}
		String base = environment.getProperty("management.endpoints.web.base-path", "/actuator");
		String below = base + "/";
		return (request) -> {
			String path = request.getPath().pathWithinApplication().value();
			return path.equals(base) || path.startsWith(below);
		};
	}

	/**
	 * Event loops have no threads to which requests could be taken back, and are not to
	 * be slowed down.
	 */
	static final class OnRequestThreads implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return Binder.get(context.getEnvironment())
				.bind(Setting.WORKER_CLASS.property(), WorkerClass.class)
				.orElse(WorkerClass.EVENT_LOOP) != WorkerClass.EVENT_LOOP;
		}

	}

}
