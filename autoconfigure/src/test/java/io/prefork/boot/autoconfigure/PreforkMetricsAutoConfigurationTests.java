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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.micrometer.metrics.actuate.endpoint.MetricsEndpoint;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsEndpointAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;

import io.prefork.boot.metrics.MeterDescriptor;
import io.prefork.boot.metrics.ServiceMeters;
import io.prefork.boot.metrics.ServiceMetricsEndpoint;
import io.prefork.boot.metrics.ServicePrometheusEndpoint;
import io.prefork.boot.metrics.WorkerMetricsEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PreforkMetricsAutoConfiguration} and
 * {@link PreforkPrometheusAutoConfiguration}, in a process that is not a worker.
 */
class PreforkMetricsAutoConfigurationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String EXPOSED = "management.endpoints.web.exposure.include=metrics,workermetrics,prometheus";

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withInitializer((context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
		.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				PrometheusMetricsExportAutoConfiguration.class, MetricsEndpointAutoConfiguration.class,
				PreforkAutoConfiguration.class, PreforkMetricsAutoConfiguration.class,
				PreforkPrometheusAutoConfiguration.class));

	@Test
	void whenNothingIsExposedThenThereIsNoEndpoint() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ServiceMetricsEndpoint.class)
			.doesNotHaveBean(WorkerMetricsEndpoint.class)
			.doesNotHaveBean(ServicePrometheusEndpoint.class));
	}

	@Test
	void whenProcessIsNoWorkerThenItsMetricsAreAsEver() {
		this.runner.withPropertyValues(EXPOSED).run((context) -> {
			Counter.builder("cakes").tag("kind", "plum").register(context.getBean(MeterRegistry.class)).increment(3);

			WebEndpointResponse<byte[]> scrape = context.getBean(ServicePrometheusEndpoint.class)
				.scrape(PrometheusOutputFormat.CONTENT_TYPE_004, Set.of("cakes"))
				.block(LIMIT);
			MeterDescriptor meter = context.getBean(ServiceMetricsEndpoint.class)
				.metric("cakes", List.of("kind:plum"))
				.block(LIMIT);

			assertThat(scrape).isNotNull()
				.satisfies((it) -> assertThat(new String(it.getBody(), StandardCharsets.UTF_8))
					.contains("cakes_total{kind=\"plum\"} 3.0")
					.doesNotContain("worker"));
			assertThat(meter).isNotNull().satisfies((it) -> {
				assertThat(it.measurements()).singleElement()
					.satisfies((sample) -> assertThat(sample.value()).isEqualTo(3));
				assertThat(it.availableTags()).isEmpty();
			});
			assertThat(context.getBean(ServiceMetricsEndpoint.class).metric("none", null).blockOptional(LIMIT))
				.isEmpty();
		});
	}

	@Test
	void whenApplicationHasItsOwnThenThatWins() {
		this.runner.withPropertyValues(EXPOSED)
			.withBean("own", WorkerMetricsEndpoint.class,
					() -> new WorkerMetricsEndpoint(
							new ServiceMeters(new MetricsEndpoint(new SimpleMeterRegistry()), null)))
			.run((context) -> assertThat(context).hasSingleBean(WorkerMetricsEndpoint.class).hasBean("own"));
	}

	@Test
	void whenThereIsNoMicrometerOrNoPrometheusThenTheApplicationStarts() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(PreforkMetricsAutoConfiguration.class,
					PreforkPrometheusAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer", "io.prometheus"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("preforkServiceMeters"));
	}

}
