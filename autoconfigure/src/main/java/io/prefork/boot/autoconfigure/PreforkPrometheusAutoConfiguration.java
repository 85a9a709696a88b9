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

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;

import io.prefork.boot.autoconfigure.PreforkProperties.Metrics.Aggregate;
import io.prefork.boot.lifecycle.WorkerRuntime;
import io.prefork.boot.metrics.ServicePrometheusEndpoint;

/**
 * Auto-configuration of one Prometheus scrape for all workers.
 */
@AutoConfiguration(after = { PreforkAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class })
@ConditionalOnClass({ NettyReactiveWebServerFactory.class, ConditionalOnAvailableEndpoint.class,
		PrometheusScrapeEndpoint.class, PrometheusConfig.class })
@ConditionalOnWebApplication(type = Type.REACTIVE)
public final class PreforkPrometheusAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean({ PrometheusScrapeEndpoint.class, PrometheusRegistry.class, PrometheusConfig.class })
	@ConditionalOnAvailableEndpoint(endpoint = PrometheusScrapeEndpoint.class)
	ServicePrometheusEndpoint preforkPrometheusEndpoint(PrometheusRegistry registry, PrometheusConfig config,
			PreforkProperties properties) {
		return new ServicePrometheusEndpoint(registry, config.prometheusProperties(),
				properties.metrics().aggregate() == Aggregate.SUM, WorkerRuntime.current());
	}

}
