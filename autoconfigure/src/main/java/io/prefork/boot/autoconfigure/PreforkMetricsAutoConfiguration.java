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

import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.micrometer.observation.ObservationPredicate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.micrometer.metrics.actuate.endpoint.MetricsEndpoint;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsEndpointAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.prefork.boot.actuate.RequestTimes;
import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.boot.metrics.FrequentPaths;
import io.prefork.boot.metrics.ServiceMeters;
import io.prefork.boot.metrics.ServiceMetricsEndpoint;
import io.prefork.boot.metrics.WorkMeters;
import io.prefork.boot.metrics.WorkerMeters;
import io.prefork.boot.metrics.WorkerMetricsEndpoint;
import io.prefork.boot.web.LearnedPaths;
import io.prefork.boot.work.Offload;
import io.prefork.boot.work.RequestWork;

/**
 * Auto-configuration of the meters of all workers.
 */
@AutoConfiguration(after = { PreforkWorkAutoConfiguration.class, MetricsEndpointAutoConfiguration.class })
@ConditionalOnClass({ NettyReactiveWebServerFactory.class, MeterRegistry.class, MeterRegistryCustomizer.class })
@ConditionalOnWebApplication(type = Type.REACTIVE)
public final class PreforkMetricsAutoConfiguration {

	/**
	 * Registries that send nothing: they are asked, and the answer has the worker.
	 */
	private static final Set<String> ASKED = Set.of("PrometheusMeterRegistry", "SimpleMeterRegistry",
			"CompositeMeterRegistry");

	private static final String REQUESTS = "http.server.requests";

	@Bean
	MeterRegistryCustomizer<MeterRegistry> preforkMeterRegistryCustomizer() {
		return (registry) -> {
			WorkerRuntime worker = WorkerRuntime.current();
			// Who is sent metrics can't know from which process they come.
			if (worker != null && !ASKED.contains(registry.getClass().getSimpleName())) {
				registry.config().commonTags("worker", worker.slot());
			}
		};
	}

	@Bean
	WorkerMeters preforkWorkerMeters() {
		return new WorkerMeters(WorkerRuntime.current());
	}

	@Bean
	@ConditionalOnBean(Offload.class)
	MeterBinder preforkOffloadMeters(Offload offload) {
		return new ExecutorServiceMetrics(offload.executor(), "offload", "prefork.", Tags.empty());
	}

	@Bean
	@ConditionalOnBean(RequestWork.class)
	WorkMeters preforkWorkMeters(RequestWork work) {
		return new WorkMeters(work);
	}

	/**
	 * What a worker asks itself before it is ready is no traffic.
	 * @return keeps it from being observed
	 */
	@Bean
	ObservationPredicate preforkOwnRequestsPredicate() {
		WorkerRuntime worker = WorkerRuntime.current();
		return (name, context) -> worker == null || worker.hasServed() || !name.equals(REQUESTS);
	}

	/**
	 * What workers learn from each other.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(MeterRegistry.class)
	@ConditionalOnBooleanProperty("prefork.preload.learn")
	static class LearningConfiguration {

		@Bean
		FrequentPaths preforkFrequentPaths(MeterRegistry registry,
				@Value("${management.endpoints.web.base-path:/actuator}") String actuator) {
			WorkerRuntime worker = WorkerRuntime.current();
			return new FrequentPaths(registry, actuator, (paths) -> {
				if (worker != null) {
					LearnedPaths.write(worker.identity().runDirectory(), paths);
				}
			});
		}

	}

	/**
	 * The endpoints.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	@ConditionalOnBean(MeterRegistry.class)
	static class EndpointConfiguration {

		@Bean
		ServiceMeters preforkServiceMeters(MeterRegistry registry) {
			return new ServiceMeters(new MetricsEndpoint(registry), WorkerRuntime.current());
		}

		@Bean
		@ConditionalOnMissingBean
		RequestTimes preforkRequestTimes(ServiceMeters meters) {
			return meters::served;
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnAvailableEndpoint(endpoint = MetricsEndpoint.class)
		@ConditionalOnBean(MetricsEndpoint.class)
		ServiceMetricsEndpoint preforkMetricsEndpoint(ServiceMeters meters) {
			return new ServiceMetricsEndpoint(meters);
		}

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnAvailableEndpoint
		WorkerMetricsEndpoint preforkWorkerMetricsEndpoint(ServiceMeters meters) {
			return new WorkerMetricsEndpoint(meters);
		}

	}

}
