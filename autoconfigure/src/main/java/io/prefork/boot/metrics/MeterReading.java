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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.micrometer.core.instrument.Statistic;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.micrometer.metrics.actuate.endpoint.MetricsEndpoint.MetricDescriptor;

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
	 * Add what other meters of this name say, by the rule of the metrics endpoint itself:
	 * of maxima the larger one, of everything else the sum.
	 * @param other the other meters
	 * @return both
	 */
	MeterReading plus(MeterReading other) {
		Map<Statistic, Double> measurements = new LinkedHashMap<>(this.measurements);
		other.measurements.forEach((statistic, value) -> measurements.merge(statistic, value,
				(statistic == Statistic.MAX) ? Double::max : Double::sum));
		SortedMap<String, SortedSet<String>> tags = new TreeMap<>();
		this.tags.forEach((tag, values) -> tags.put(tag, new TreeSet<>(values)));
		other.tags.forEach((tag, values) -> tags.computeIfAbsent(tag, (key) -> new TreeSet<>()).addAll(values));
		return new MeterReading(this.name, this.description, this.baseUnit, measurements, tags);
	}

	/**
	 * Add one more value of a tag.
	 * @param tag the tag
	 * @param value the value
	 * @return the reading
	 */
	MeterReading with(String tag, String value) {
		return plus(new MeterReading(this.name, "", "", Map.of(),
				new TreeMap<>(Map.of(tag, new TreeSet<>(Set.of(value))))));
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
