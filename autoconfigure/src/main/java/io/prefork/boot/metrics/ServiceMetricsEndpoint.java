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

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.boot.micrometer.metrics.actuate.endpoint.MetricsEndpoint;
import reactor.core.publisher.Mono;

import io.prefork.boot.metrics.ServiceMeters.Readings;

/**
 * Makes the metrics endpoint of any worker one of all workers, with the worker as one
 * more tag: {@code ?tag=worker:1} has that of one.
 */
@EndpointWebExtension(endpoint = MetricsEndpoint.class)
public class ServiceMetricsEndpoint {

	private static final String WORKER_TAG = WorkerLabel.NAME + ":";

	private final ServiceMeters meters;

	public ServiceMetricsEndpoint(ServiceMeters meters) {
		this.meters = meters;
	}

	/**
	 * Tell the names of all meters.
	 * @return the names
	 */
	@ReadOperation
	public Mono<NamesDescriptor> names() {
		return this.meters.names(null).map(ServiceMetricsEndpoint::names);
	}

	/**
	 * Tell what meters of one name say.
	 * @param requiredMetricName the name
	 * @param tag the tags that they must have, as {@code key:value}
	 * @return what they say; empty if there is none
	 */
	@ReadOperation
	public Mono<MeterDescriptor> metric(@Selector String requiredMetricName, @Nullable List<String> tag) {
		List<String> tags = (tag != null) ? tag : List.of();
		if (!this.meters.areShared()) {
			return this.meters.meter(null, requiredMetricName, tags).mapNotNull((readings) -> meter(readings, false));
		}
		List<String> others = tags.stream().filter((each) -> !each.startsWith(WORKER_TAG)).toList();
		return this.meters.meter(slot(tags), requiredMetricName, others)
			.mapNotNull((readings) -> meter(readings, true));
	}

	static NamesDescriptor names(Readings<? extends Set<String>> readings) {
		Set<String> names = new TreeSet<>();
		readings.bySlot().values().forEach(names::addAll);
		return new NamesDescriptor(names);
	}

	static @Nullable MeterDescriptor meter(Readings<MeterReading> readings, boolean tagged) {
		MeterReading together = MeterReading.together(readings.bySlot()
			.entrySet()
			.stream()
			.map((worker) -> tagged ? worker.getValue().with(WorkerLabel.NAME, worker.getKey()) : worker.getValue())
			.toList());
		return (together != null) ? MeterDescriptor.of(together, readings.missing()) : null;
	}

	private static @Nullable Integer slot(List<String> tags) {
		for (String tag : tags) {
			if (tag.startsWith(WORKER_TAG)) {
				try {
					return Integer.valueOf(tag.substring(WORKER_TAG.length()));
				}
				catch (NumberFormatException ex) {
					throw new InvalidEndpointRequestException("The tag worker must have the number of a slot",
							"The value of the tag worker is not a number", ex);
				}
			}
		}
		return null;
	}

	/**
	 * The names of meters.
	 *
	 * @param names the names
	 */
	public record NamesDescriptor(Set<String> names) implements OperationResponseBody {

	}

}
