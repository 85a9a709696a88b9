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

import java.util.function.Predicate;
import java.util.function.Supplier;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/**
 * What another registry has, with the label of this worker.
 */
final class LabelledRegistry extends PrometheusRegistry {

	private final PrometheusRegistry registry;

	private final Supplier<String> worker;

	/**
	 * Create a registry.
	 * @param registry the other one
	 * @param worker tells the value of the label
	 */
	LabelledRegistry(PrometheusRegistry registry, Supplier<String> worker) {
		this.registry = registry;
		this.worker = worker;
	}

	@Override
	public MetricSnapshots scrape() {
		return labelled(this.registry.scrape());
	}

	@Override
	public MetricSnapshots scrape(Predicate<String> includedNames) {
		return labelled(this.registry.scrape(includedNames));
	}

	private MetricSnapshots labelled(MetricSnapshots metrics) {
		WorkerLabel label = new WorkerLabel(this.worker.get());
		return new MetricSnapshots(metrics.stream().map(label::addTo).toList());
	}

}
