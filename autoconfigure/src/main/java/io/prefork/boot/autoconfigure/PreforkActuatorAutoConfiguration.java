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
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

import io.prefork.boot.actuate.PreforkHealthIndicator;
import io.prefork.boot.actuate.ReloadEndpoint;
import io.prefork.boot.actuate.RequestTimes;
import io.prefork.boot.actuate.RequestTimes.Served;
import io.prefork.boot.actuate.SizingEndpoint;
import io.prefork.boot.actuate.WorkerInfoContributor;
import io.prefork.boot.actuate.WorkersEndpoint;
import io.prefork.boot.control.ServiceRequests;
import io.prefork.boot.dashboard.DashboardCheck;
import io.prefork.boot.dashboard.DashboardEndpoint;
import io.prefork.boot.dashboard.EndpointPaths;
import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.contract.WorkerIdentity;

/**
 * Auto-configuration of what the actuator shows of the service.
 */
@AutoConfiguration(after = PreforkAutoConfiguration.class)
@ConditionalOnClass({ NettyReactiveWebServerFactory.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnWebApplication(type = Type.REACTIVE)
public final class PreforkActuatorAutoConfiguration {

	/**
	 * Some heartbeats, by which workers tell what they do.
	 */
	private static final Duration SIZING_WINDOW = Duration.ofSeconds(3);

	private static @Nullable ServiceRequests service() {
		WorkerRuntime worker = WorkerRuntime.current();
		return (worker != null) ? worker.master().service() : null;
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	WorkersEndpoint preforkWorkersEndpoint() {
		return new WorkersEndpoint(service());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	ReloadEndpoint preforkReloadEndpoint() {
		return new ReloadEndpoint(service());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	SizingEndpoint preforkSizingEndpoint(ObjectProvider<RequestTimes> times) {
		return new SizingEndpoint(service(), times.getIfAvailable(() -> () -> Mono.just(Served.NONE)), SIZING_WINDOW);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnEnabledInfoContributor("worker")
	WorkerInfoContributor preforkWorkerInfoContributor() {
		return new WorkerInfoContributor(WorkerRuntime.current());
	}

	/**
	 * Never show the worker's secret, whoever may see values.
	 * @return a function for the environment endpoint
	 */
	@Bean
	SanitizingFunction preforkTokenSanitizingFunction() {
		return (data) -> data.getKey().equalsIgnoreCase(WorkerIdentity.TOKEN_VARIABLE) ? data.withSanitizedValue()
				: data;
	}

	/**
	 * The operator page.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("prefork.dashboard.enabled")
	static class DashboardConfiguration {

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnAvailableEndpoint
		DashboardEndpoint preforkDashboardEndpoint(ObjectProvider<PathMapper> mappers) {
			return new DashboardEndpoint(new EndpointPaths(mappers.orderedStream().toList()));
		}

		@Bean
		DashboardCheck preforkDashboardCheck(ObjectProvider<DashboardEndpoint> page,
				ObjectProvider<WorkersEndpoint> workers, ObjectProvider<ReloadEndpoint> reload) {
			Map<String, ObjectProvider<?>> needed = new LinkedHashMap<>();
			needed.put("prefork", page);
			needed.put("workers", workers);
			needed.put("reload", reload);
			return new DashboardCheck(needed);
		}

	}

	/**
	 * The health of the service.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ReactiveHealthIndicator.class)
	static class HealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "preforkHealthIndicator")
		@ConditionalOnEnabledHealthIndicator("prefork")
		PreforkHealthIndicator preforkHealthIndicator() {
			return new PreforkHealthIndicator(service());
		}

	}

}
