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

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/**
 * Says of each worker whether a scrape has its metrics: the absence of one is a metric,
 * too.
 */
final class ScrapedWorkers extends PrometheusRegistry {

	private static final MetricMetadata METADATA = new MetricMetadata("prefork_worker_scraped",
			"Whether this scrape has the metrics of the worker: 1, or 0 if it did not answer in time");

	private final Map<String, Boolean> workers;

	/**
	 * Create the metric of one scrape.
	 * @param workers whether the metrics of each worker are there
	 */
	ScrapedWorkers(Map<String, Boolean> workers) {
		this.workers = workers;
	}

	/**
	 * Create the metric of one scrape.
	 * @param there the workers whose metrics are there
	 * @param missing the slots of those whose metrics are not
	 * @return the metric
	 */
	static ScrapedWorkers of(Set<String> there, Set<Integer> missing) {
		Map<String, Boolean> workers = new TreeMap<>();
		there.forEach((worker) -> workers.put(worker, true));
		missing.forEach((slot) -> workers.put(slot.toString(), false));
		return new ScrapedWorkers(workers);
	}

	@Override
	public MetricSnapshots scrape() {
		return MetricSnapshots.of(new GaugeSnapshot(METADATA,
				this.workers.entrySet()
					.stream()
					.map((worker) -> new GaugeDataPointSnapshot(worker.getValue() ? 1 : 0,
							Labels.of(WorkerLabel.NAME, worker.getKey()), null))
					.toList()));
	}

	@Override
	public MetricSnapshots scrape(Predicate<String> includedNames) {
		return includedNames.test(METADATA.getPrometheusName()) ? scrape() : MetricSnapshots.of();
	}

}
