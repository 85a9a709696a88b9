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

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.Statistic;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the meters of one name say, in the form of Boot's own metrics endpoint.
 *
 * @param name the name
 * @param description what they measure; {@code null} if nobody says
 * @param baseUnit the unit; {@code null} if there is none
 * @param measurements the values
 * @param availableTags the tags by which they differ
 * @param missingWorkers the slots whose workers have not answered in time; {@code null}
 * if all have
 */
public record MeterDescriptor(String name, @Nullable String description, @Nullable String baseUnit,
		List<Sample> measurements, List<AvailableTag> availableTags,
		@Nullable Set<Integer> missingWorkers) implements OperationResponseBody {

	static MeterDescriptor of(MeterReading reading, Set<Integer> missing) {
		List<Sample> samples = reading.measurements()
			.entrySet()
			.stream()
			.map((sample) -> new Sample(sample.getKey(), sample.getValue()))
			.toList();
		List<AvailableTag> tags = reading.tags()
			.entrySet()
			.stream()
			.filter((tag) -> !tag.getValue().isEmpty())
			.map((tag) -> new AvailableTag(tag.getKey(), tag.getValue()))
			.toList();
		return new MeterDescriptor(reading.name(), orNull(reading.description()), orNull(reading.baseUnit()), samples,
				tags, missing.isEmpty() ? null : missing);
	}

	private static @Nullable String orNull(String text) {
		return text.isEmpty() ? null : text;
	}

	/**
	 * A value.
	 *
	 * @param statistic what of the meters it is
	 * @param value the value
	 */
	public record Sample(Statistic statistic, double value) {

	}

	/**
	 * A tag by which meters differ.
	 *
	 * @param tag its name
	 * @param values its values
	 */
	public record AvailableTag(String tag, Collection<String> values) {

	}

}
