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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.micrometer.metrics.actuate.endpoint.MetricsEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MeterReading} and {@link MeterDescriptor}.
 */
class MeterReadingTests {

	@Test
	void whenReadingsAreAddedThenCountsAddUpAndOfMaximaTheLargerOneStays() {
		MeterReading both = Objects
			.requireNonNull(MeterReading.together(List.of(reading("GET", 3), reading("POST", 5))));

		assertThat(both.measurements())
			.isEqualTo(Map.of(Statistic.COUNT, 2.0, Statistic.TOTAL_TIME, 8.0, Statistic.MAX, 5.0));
		assertThat(both.tags()).isEqualTo(Map.of("method", Set.of("GET", "POST")));
	}

	@ParameterizedTest
	@CsvSource({ "jvm.threads.live, 9", "process.uptime, 4", "process.start.time, 2", "jvm.memory.usage.after.gc, 3",
			"system.cpu.count, 4", "process.cpu.usage, 9" })
	void whenGaugesAreAddedThenTheirNameSaysHow(String name, double together) {
		List<MeterReading> gauges = Stream.of(2.0, 3.0, 4.0).map((value) -> gauge(name, value)).toList();

		assertThat(Objects.requireNonNull(MeterReading.together(gauges)).measurements())
			.isEqualTo(Map.of(Statistic.VALUE, together));
	}

	@Test
	void whenThereIsNoReadingThenThereIsNone() {
		assertThat(MeterReading.together(List.of())).isNull();
	}

	@Test
	void whenReadingIsSentThenItArrivesAsItWas() {
		MeterReading reading = reading("GET", 3).with("worker", "1");

		assertThat(MeterReading.read(reading.toByteArray())).isEqualTo(reading);
	}

	@Test
	void whenReadingIsShownThenItHasTheFormOfBootsOwnEndpoint() {
		MeterDescriptor shown = MeterDescriptor.of(reading("GET", 3), Set.of());

		assertThat(shown.name()).isEqualTo("times");
		assertThat(shown.baseUnit()).isEqualTo("seconds");
		assertThat(shown.description()).isNull();
		assertThat(shown.measurements()).containsExactly(new MeterDescriptor.Sample(Statistic.COUNT, 1),
				new MeterDescriptor.Sample(Statistic.TOTAL_TIME, 3), new MeterDescriptor.Sample(Statistic.MAX, 3));
		assertThat(shown.availableTags()).containsExactly(new MeterDescriptor.AvailableTag("method", Set.of("GET")));
		assertThat(shown.missingWorkers()).isNull();
		assertThat(MeterDescriptor.of(reading("GET", 3), Set.of(1)).missingWorkers()).isEqualTo(Set.of(1));
	}

	private static MeterReading gauge(String name, double value) {
		return new MeterReading(name, "", "", Map.of(Statistic.VALUE, value), new TreeMap<>());
	}

	private static MeterReading reading(String method, int seconds) {
		MeterRegistry registry = new SimpleMeterRegistry();
		Timer.builder("times").tag("method", method).register(registry).record(Duration.ofSeconds(seconds));
		return MeterReading.of(Objects.requireNonNull(new MetricsEndpoint(registry).metric("times", List.of())));
	}

}
