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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import org.jspecify.annotations.Nullable;

import io.prefork.status.ProcessStatus;
import io.prefork.status.ProcessStatus.Usage;
import io.prefork.status.ReloadTotals;
import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

/**
 * Metrics of the service as a whole, as the master sees it when it is scraped, and
 * whether the scrape has the metrics of each worker: the absence of one is a metric, too.
 */
final class ServiceMetrics extends PrometheusRegistry {

	private static final MetricMetadata SCRAPED = new MetricMetadata("prefork_worker_scraped",
			"Whether this scrape has the metrics of the worker: 1, or 0 if it did not answer in time");

	private static final MetricMetadata WORKERS = new MetricMetadata("prefork_workers", "Workers by what they do");

	private static final MetricMetadata GENERATION = new MetricMetadata("prefork_generation",
			"The generation that serves, which each reload raises");

	private static final MetricMetadata BACKLOG = new MetricMetadata("prefork_listener_backlog",
			"Connections that wait to be accepted");

	private static final MetricMetadata RESTARTS = new MetricMetadata("prefork_worker_restarts",
			"Workers that a slot has lost, by reason");

	private static final MetricMetadata RELOADS = new MetricMetadata("prefork_reloads", "Reloads by how they ended");

	private static final MetricMetadata RELOAD_DURATION = new MetricMetadata("prefork_reload_duration_seconds",
			"How long reloads took");

	private static final MetricMetadata READY_TIME = new MetricMetadata("prefork_worker_ready_time_seconds",
			"Time from the start of the worker's process until it was ready");

	private static final MetricMetadata PSS = new MetricMetadata("prefork_worker_pss_bytes",
			"Resident set of the worker with its share only of shared pages");

	private static final MetricMetadata RSS = new MetricMetadata("prefork_worker_rss_bytes",
			"Resident set of the worker, shared pages included");

	private final Map<String, Integer> scraped;

	private final @Nullable ServiceStatus status;

	private ServiceMetrics(Map<String, Integer> scraped, @Nullable ServiceStatus status) {
		this.scraped = scraped;
		this.status = status;
	}

	/**
	 * Create the metrics of one scrape.
	 * @param there the workers whose metrics are there
	 * @param missing the slots of those whose metrics are not
	 * @param status what the master says; {@code null} if it does not answer
	 * @return the metrics
	 */
	static ServiceMetrics of(Set<String> there, Set<Integer> missing, @Nullable ServiceStatus status) {
		Map<String, Integer> scraped = new TreeMap<>();
		there.forEach((worker) -> scraped.put(worker, 1));
		missing.forEach((slot) -> scraped.put(slot.toString(), 0));
		return new ServiceMetrics(scraped, status);
	}

	@Override
	public MetricSnapshots scrape() {
		List<MetricSnapshot> metrics = new ArrayList<>();
		metrics.add(perWorker(SCRAPED, this.scraped));
		ServiceStatus status = this.status;
		if (status != null) {
			metrics.add(new GaugeSnapshot(GENERATION, List.of(gauge(status.master().generation()))));
			metrics.add(backlog(status));
			metrics.add(workers(status));
			metrics.add(restarts(status));
			metrics.add(reloads(status.master().reloads()));
			metrics.add(reloadDuration(status.master().reloads()));
			metrics.add(readyTime(status));
			metrics.add(memory(RSS, status, Usage::rss));
			metrics.add(memory(PSS, status, Usage::pss));
		}
		return new MetricSnapshots(metrics);
	}

	@Override
	public MetricSnapshots scrape(Predicate<String> includedNames) {
		return new MetricSnapshots(scrape().stream()
			.filter((metric) -> includedNames.test(metric.getMetadata().getPrometheusName()))
			.toList());
	}

	private static MetricSnapshot backlog(ServiceStatus status) {
		return new GaugeSnapshot(BACKLOG,
				status.listeners()
					.stream()
					.map((listener) -> gauge(listener.waiting(), "address", listener.address()))
					.toList());
	}

	private static MetricSnapshot workers(ServiceStatus status) {
		Map<String, Long> states = Stream.concat(status.workers().stream(), status.spares().stream())
			.collect(Collectors.groupingBy(WorkerStatus::state, TreeMap::new, Collectors.counting()));
		return new GaugeSnapshot(WORKERS,
				states.entrySet().stream().map((state) -> gauge(state.getValue(), "state", state.getKey())).toList());
	}

	private static MetricSnapshot restarts(ServiceStatus status) {
		List<CounterDataPointSnapshot> points = new ArrayList<>();
		Set<Integer> seen = new TreeSet<>();
		for (WorkerStatus worker : status.workers()) {
			// While a worker is replaced its slot is there twice.
			if (seen.add(worker.slot())) {
				new TreeMap<>(worker.restarts().reasons()).forEach((reason, count) -> points
					.add(counter(count, "reason", reason, WorkerLabel.NAME, Integer.toString(worker.slot()))));
			}
		}
		return new CounterSnapshot(RESTARTS, points);
	}

	private static MetricSnapshot reloads(ReloadTotals reloads) {
		return new CounterSnapshot(RELOADS, List.of(counter(reloads.succeeded(), "outcome", "succeeded"),
				counter(reloads.rolledBack(), "outcome", "rolled-back")));
	}

	private static MetricSnapshot reloadDuration(ReloadTotals reloads) {
		return new SummarySnapshot(RELOAD_DURATION,
				List.of(new SummaryDataPointSnapshot((long) reloads.succeeded() + reloads.rolledBack(),
						seconds(reloads.took()), Quantiles.EMPTY, Labels.EMPTY, Exemplars.EMPTY, 0)));
	}

	private static MetricSnapshot readyTime(ServiceStatus status) {
		Map<String, Double> times = new TreeMap<>();
		for (WorkerStatus worker : status.workers()) {
			ProcessStatus process = worker.process();
			if (process != null && process.readyAt() != null) {
				times.put(Integer.toString(worker.slot()),
						seconds(Duration.between(process.startedAt(), process.readyAt())));
			}
		}
		return perWorker(READY_TIME, times);
	}

	private static MetricSnapshot memory(MetricMetadata metadata, ServiceStatus status, ToLongFunction<Usage> size) {
		Map<String, Long> bytes = new TreeMap<>();
		for (WorkerStatus worker : status.workers()) {
			Usage usage = (worker.process() != null) ? worker.process().usage() : null;
			if (usage != null) {
				bytes.merge(Integer.toString(worker.slot()), size.applyAsLong(usage), Long::sum);
			}
		}
		return perWorker(metadata, bytes);
	}

	private static MetricSnapshot perWorker(MetricMetadata metadata, Map<String, ? extends Number> values) {
		return new GaugeSnapshot(metadata,
				values.entrySet()
					.stream()
					.map((worker) -> gauge(worker.getValue().doubleValue(), WorkerLabel.NAME, worker.getKey()))
					.toList());
	}

	private static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

	private static CounterDataPointSnapshot counter(double value, String... labels) {
		return new CounterDataPointSnapshot(value, Labels.of(labels), null, 0);
	}

	private static GaugeDataPointSnapshot gauge(double value, String... labels) {
		return new GaugeDataPointSnapshot(value, Labels.of(labels), null);
	}

}
