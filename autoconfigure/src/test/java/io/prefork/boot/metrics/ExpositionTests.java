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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.StateSet;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TextExposition}, {@link ProtobufExposition} and {@link WorkerLabel}:
 * what is put together is what the client library would have written.
 */
class ExpositionTests {

	private static final List<PrometheusRegistry> WORKERS = List.of(worker("0"), worker("1"));

	@ParameterizedTest
	@EnumSource(value = PrometheusOutputFormat.class, names = { "CONTENT_TYPE_004", "CONTENT_TYPE_OPENMETRICS_100" })
	void whenTextsArePutTogetherThenTheyAreWhatOneProcessWouldWrite(PrometheusOutputFormat format) {
		TextExposition merged = new TextExposition();
		WORKERS.forEach((worker) -> merged.add(render(worker, format)));

		String text = new String(merged.toByteArray(), StandardCharsets.UTF_8);

		assertThat(text).isEqualTo(new String(render(all(), format), StandardCharsets.UTF_8))
			.contains("requests_total{method=\"GET\",worker=\"0\"} 3.0")
			.contains("requests_total{method=\"GET\",worker=\"1\"} 3.0")
			.contains("jobs{exported_worker=\"mine\",worker=\"1\"} 7.0");
	}

	@Test
	void whenProtobufsArePutTogetherThenEachFamilyIsThereOnceWithTheMetricsOfAll() {
		ProtobufExposition merged = new ProtobufExposition();
		ProtobufExposition one = new ProtobufExposition();
		List<byte[]> documents = WORKERS.stream()
			.map((worker) -> render(worker, PrometheusOutputFormat.CONTENT_TYPE_PROTOBUF))
			.toList();

		documents.forEach(merged::add);
		one.add(documents.get(0));

		assertThat(one.toByteArray()).isEqualTo(documents.get(0));
		assertThat(merged.toByteArray()).isEqualTo(render(all(), PrometheusOutputFormat.CONTENT_TYPE_PROTOBUF));
		ProtobufExposition again = new ProtobufExposition();
		again.add(merged.toByteArray());
		assertThat(again.toByteArray()).isEqualTo(merged.toByteArray());
	}

	@ParameterizedTest
	@EnumSource(PrometheusOutputFormat.class)
	void whenFamilyHasAnotherTypeThenTheFirstStays(PrometheusOutputFormat format) {
		PrometheusRegistry gauge = new PrometheusRegistry();
		Gauge.builder().name("size").withoutExemplars().register(gauge).set(1);
		PrometheusRegistry summary = new PrometheusRegistry();
		Summary.builder().name("size").withoutExemplars().register(summary).observe(2);
		byte[] first = render(gauge, format);

		assertThat(merged(format, first, render(summary, format))).isEqualTo(first);
	}

	private static byte[] merged(PrometheusOutputFormat format, byte[]... documents) {
		Exposition merged = (format == PrometheusOutputFormat.CONTENT_TYPE_PROTOBUF) ? new ProtobufExposition()
				: new TextExposition();
		List.of(documents).forEach(merged::add);
		return merged.toByteArray();
	}

	private static PrometheusRegistry worker(String slot) {
		PrometheusRegistry registry = new PrometheusRegistry();
		Counter.builder()
			.name("requests")
			.help("Requests")
			.labelNames("method")
			.withoutExemplars()
			.register(registry)
			.labelValues("GET")
			.inc(3);
		Gauge.builder()
			.name("jobs")
			.labelNames("worker")
			.withoutExemplars()
			.register(registry)
			.labelValues("mine")
			.set(7);
		Histogram both = Histogram.builder().name("both").withoutExemplars().register(registry);
		Histogram classic = Histogram.builder()
			.name("classic")
			.classicOnly()
			.classicUpperBounds(1, 2)
			.withoutExemplars()
			.register(registry);
		Summary summary = Summary.builder().name("times").quantile(0.5).withoutExemplars().register(registry);
		for (double value : new double[] { 0.5, 1.5, 20 }) {
			both.observe(value);
			classic.observe(value);
			summary.observe(value);
		}
		Info.builder().name("build").labelNames("version").register(registry).addLabelValues("1");
		StateSet.builder().name("phase").states("up", "down").register(registry).setTrue("up");
		registry.register((Collector) () -> new UnknownSnapshot(new MetricMetadata("mystery"),
				List.of(new UnknownDataPointSnapshot(1, Labels.EMPTY, null))));
		return new LabelledRegistry(registry, () -> slot);
	}

	private static PrometheusRegistry all() {
		return new PrometheusRegistry() {

			@Override
			public MetricSnapshots scrape() {
				List<MetricSnapshot> snapshots = new ArrayList<>();
				WORKERS.forEach((worker) -> worker.scrape().forEach(snapshots::add));
				return new MetricSnapshots(snapshots);
			}

		};
	}

	private static byte[] render(PrometheusRegistry registry, PrometheusOutputFormat format) {
		return Objects
			.requireNonNull(new PrometheusScrapeEndpoint(registry, new Properties()).scrape(format, null).getBody());
	}

}
