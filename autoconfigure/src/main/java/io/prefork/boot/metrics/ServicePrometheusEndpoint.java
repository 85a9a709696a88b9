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

package io.prefork.boot.metrics;

import java.util.Properties;
import java.util.Set;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.prefork.boot.lifecycle.WorkerRuntime;

/**
 * Makes a scrape of any worker one of all workers. A worker that does not answer in time
 * is missing, which a metric says.
 */
@EndpointWebExtension(endpoint = PrometheusScrapeEndpoint.class)
public class ServicePrometheusEndpoint {

	private final WorkerScrapes scrapes;

	/**
	 * Create an endpoint, and let other workers ask for the metrics of this one.
	 * @param registry the metrics of this process
	 * @param properties those of the Prometheus client; {@code null} for its defaults
	 * @param sum whether the metrics of all workers are summed; otherwise each has its
	 * own
	 * @param worker this worker; {@code null} if the process is not one
	 */
	public ServicePrometheusEndpoint(PrometheusRegistry registry, @Nullable Properties properties, boolean sum,
			@Nullable WorkerRuntime worker) {
		if (worker == null) {
			this.scrapes = (scrape) -> Mono
				.fromCallable(() -> new WebEndpointResponse<>(scrape.render(registry, properties), scrape.format()))
				.subscribeOn(Schedulers.boundedElastic());
		}
		else {
			this.scrapes = sum ? new ScrapeTotals(registry, properties, worker)
					: new ScrapePerWorker(registry, properties, worker);
		}
	}

	/**
	 * Render the metrics of all workers.
	 * @param format the format
	 * @param includedNames the names of the wanted metrics; {@code null} for all
	 * @return the metrics
	 */
	@ReadOperation(producesFrom = PrometheusOutputFormat.class)
	public Mono<WebEndpointResponse<byte[]>> scrape(PrometheusOutputFormat format,
			@Nullable Set<String> includedNames) {
		return this.scrapes.scrape(new Scrape(format, includedNames));
	}

}
