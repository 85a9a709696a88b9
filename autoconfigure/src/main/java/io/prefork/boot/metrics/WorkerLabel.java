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

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;

/**
 * Puts the label of a worker on metrics. A label of the application's with that name
 * becomes {@value #EXPORTED}, as Prometheus itself does.
 */
final class WorkerLabel {

	/**
	 * The name of the label.
	 */
	static final String NAME = "worker";

	private static final String EXPORTED = "exported_worker";

	private final String value;

	WorkerLabel(String value) {
		this.value = value;
	}

	MetricSnapshot addTo(MetricSnapshot metric) {
		if (metric instanceof CounterSnapshot counter) {
			return new CounterSnapshot(counter.getMetadata(), counter.getDataPoints()
				.stream()
				.map((point) -> new CounterDataPointSnapshot(point.getValue(), labels(point), point.getExemplar(),
						point.getCreatedTimestampMillis(), point.getScrapeTimestampMillis()))
				.toList());
		}
		if (metric instanceof GaugeSnapshot gauge) {
			return new GaugeSnapshot(gauge.getMetadata(),
					gauge.getDataPoints()
						.stream()
						.map((point) -> new GaugeDataPointSnapshot(point.getValue(), labels(point), point.getExemplar(),
								point.getScrapeTimestampMillis()))
						.toList());
		}
		if (metric instanceof HistogramSnapshot histogram) {
			return new HistogramSnapshot(histogram.isGaugeHistogram(), histogram.getMetadata(),
					histogram.getDataPoints().stream().map(this::histogramPoint).toList());
		}
		return addToOther(metric);
	}

	private MetricSnapshot addToOther(MetricSnapshot metric) {
		if (metric instanceof SummarySnapshot summary) {
			return new SummarySnapshot(summary.getMetadata(),
					summary.getDataPoints()
						.stream()
						.map((point) -> new SummaryDataPointSnapshot(point.getCount(), point.getSum(),
								point.getQuantiles(), labels(point), point.getExemplars(),
								point.getCreatedTimestampMillis(), point.getScrapeTimestampMillis()))
						.toList());
		}
		if (metric instanceof InfoSnapshot info) {
			return new InfoSnapshot(info.getMetadata(),
					info.getDataPoints()
						.stream()
						.map((point) -> new InfoDataPointSnapshot(labels(point), point.getScrapeTimestampMillis()))
						.toList());
		}
		if (metric instanceof StateSetSnapshot states) {
			return new StateSetSnapshot(states.getMetadata(),
					states.getDataPoints().stream().map(this::statesPoint).toList());
		}
		if (metric instanceof UnknownSnapshot unknown) {
			return new UnknownSnapshot(unknown.getMetadata(),
					unknown.getDataPoints()
						.stream()
						.map((point) -> new UnknownDataPointSnapshot(point.getValue(), labels(point),
								point.getExemplar(), point.getScrapeTimestampMillis()))
						.toList());
		}
		return metric;
	}

	private HistogramDataPointSnapshot histogramPoint(HistogramDataPointSnapshot point) {
		return new HistogramDataPointSnapshot(point.getClassicBuckets(), point.getNativeSchema(),
				point.getNativeZeroCount(), point.getNativeZeroThreshold(), point.getNativeBucketsForPositiveValues(),
				point.getNativeBucketsForNegativeValues(), point.getSum(), labels(point), point.getExemplars(),
				point.getCreatedTimestampMillis(), point.getScrapeTimestampMillis());
	}

	private StateSetDataPointSnapshot statesPoint(StateSetDataPointSnapshot point) {
		String[] names = new String[point.size()];
		boolean[] values = new boolean[point.size()];
		for (int i = 0; i < names.length; i++) {
			names[i] = point.getName(i);
			values[i] = point.isTrue(i);
		}
		return new StateSetDataPointSnapshot(names, values, labels(point), point.getScrapeTimestampMillis());
	}

	private Labels labels(DataPointSnapshot point) {
		Labels labels = point.getLabels();
		if (labels.contains(NAME)) {
			Labels.Builder renamed = Labels.builder();
			labels.stream()
				.forEach((label) -> renamed.label(label.getName().equals(NAME) ? EXPORTED : label.getName(),
						label.getValue()));
			labels = renamed.build();
		}
		return labels.add(NAME, this.value);
	}

}
