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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.micrometer.core.instrument.Statistic;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.micrometer.metrics.actuate.endpoint.MetricsEndpoint.MetricDescriptor;

import io.prefork.metrics.GaugeRule;

/**
 * What the meters of one name say.
 *
 * @param name the name
 * @param description what they measure; empty if nobody says
 * @param baseUnit the unit; empty if there is none
 * @param measurements the values
 * @param tags the tags by which they differ, with their values
 */
record MeterReading(String name, String description, String baseUnit, Map<Statistic, Double> measurements,
		SortedMap<String, SortedSet<String>> tags) {

	static MeterReading of(MetricDescriptor meter) {
		Map<Statistic, Double> measurements = new LinkedHashMap<>();
		meter.getMeasurements().forEach((sample) -> measurements.put(sample.getStatistic(), sample.getValue()));
		SortedMap<String, SortedSet<String>> tags = new TreeMap<>();
		meter.getAvailableTags().forEach((tag) -> tags.put(tag.getTag(), new TreeSet<>(tag.getValues())));
		return new MeterReading(meter.getName(), text(meter.getDescription()), text(meter.getBaseUnit()), measurements,
				tags);
	}

	/**
	 * What meters of one name in several processes say together: of maxima the largest,
	 * of gauges what their rule says, of everything else the sum.
	 * @param readings what each says
	 * @return what all say; {@code null} if there is none
	 */
	static @Nullable MeterReading together(List<MeterReading> readings) {
		if (readings.isEmpty()) {
			return null;
		}
		MeterReading first = readings.get(0);
		Map<Statistic, DoubleSummaryStatistics> values = new LinkedHashMap<>();
		SortedMap<String, SortedSet<String>> tags = new TreeMap<>();
		for (MeterReading reading : readings) {
			reading.measurements.forEach((statistic,
					value) -> values.computeIfAbsent(statistic, (key) -> new DoubleSummaryStatistics()).accept(value));
			reading.tags.forEach((tag, each) -> tags.computeIfAbsent(tag, (key) -> new TreeSet<>()).addAll(each));
		}
		Map<Statistic, Double> measurements = new LinkedHashMap<>();
		values.forEach((statistic, all) -> measurements.put(statistic,
				rule(first.name, statistic).apply(all.getSum(), all.getMin(), all.getMax(), all.getCount())));
		return new MeterReading(first.name, first.description, first.baseUnit, measurements, tags);
	}

	private static GaugeRule rule(String name, Statistic statistic) {
		return switch (statistic) {
			case MAX -> GaugeRule.MAX;
			// As in Prometheus, where a unit or nothing follows.
			case VALUE, UNKNOWN -> GaugeRule.of(name.replace('.', '_') + "_");
			case TOTAL, TOTAL_TIME, COUNT, ACTIVE_TASKS, DURATION -> GaugeRule.SUM;
		};
	}

	/**
	 * Add one more tag.
	 * @param tag the tag
	 * @param value its value
	 * @return the reading
	 */
	MeterReading with(String tag, String value) {
		SortedMap<String, SortedSet<String>> tags = new TreeMap<>(this.tags);
		tags.put(tag, new TreeSet<>(Set.of(value)));
		return new MeterReading(this.name, this.description, this.baseUnit, this.measurements, tags);
	}

	byte[] toByteArray() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeUTF(this.name);
			out.writeUTF(this.description);
			out.writeUTF(this.baseUnit);
			out.writeInt(this.measurements.size());
			for (Map.Entry<Statistic, Double> measurement : this.measurements.entrySet()) {
				out.writeUTF(measurement.getKey().name());
				out.writeDouble(measurement.getValue());
			}
			out.writeInt(this.tags.size());
			for (Map.Entry<String, SortedSet<String>> tag : this.tags.entrySet()) {
				out.writeUTF(tag.getKey());
				out.writeInt(tag.getValue().size());
				for (String value : tag.getValue()) {
					out.writeUTF(value);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	static MeterReading read(byte[] bytes) {
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
			String name = in.readUTF();
			String description = in.readUTF();
			String baseUnit = in.readUTF();
			Map<Statistic, Double> measurements = new LinkedHashMap<>();
			for (int count = in.readInt(); count > 0; count--) {
				measurements.put(Statistic.valueOf(in.readUTF()), in.readDouble());
			}
			SortedMap<String, SortedSet<String>> tags = new TreeMap<>();
			for (int count = in.readInt(); count > 0; count--) {
				SortedSet<String> values = tags.computeIfAbsent(in.readUTF(), (key) -> new TreeSet<>());
				for (int number = in.readInt(); number > 0; number--) {
					values.add(in.readUTF());
				}
			}
			return new MeterReading(name, description, baseUnit, measurements, tags);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
