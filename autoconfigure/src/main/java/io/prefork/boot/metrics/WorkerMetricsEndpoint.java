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
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

import io.prefork.boot.actuate.Problems;
import io.prefork.boot.control.PeerRequests;
import io.prefork.boot.metrics.ServiceMeters.Readings;

/**
 * Tells the meters of one worker, whichever is asked.
 */
@WebEndpoint(id = "workermetrics")
public class WorkerMetricsEndpoint {

	private final ServiceMeters meters;

	public WorkerMetricsEndpoint(ServiceMeters meters) {
		this.meters = meters;
	}

	/**
	 * Tell the names of a worker's meters.
	 * @param slot its slot
	 * @return the names, or a problem
	 */
	@ReadOperation
	public Mono<WebEndpointResponse<Object>> names(@Selector int slot) {
		return answer(slot, this.meters.names(slot), ServiceMetricsEndpoint::names);
	}

	/**
	 * Tell what a worker's meters of one name say.
	 * @param slot its slot
	 * @param name the name
	 * @param tag the tags that they must have, as {@code key:value}
	 * @return what they say, or a problem
	 */
	@ReadOperation
	public Mono<WebEndpointResponse<Object>> metric(@Selector int slot, @Selector String name,
			@Nullable List<String> tag) {
		return answer(slot, this.meters.meter(slot, name, (tag != null) ? tag : List.of()),
				(readings) -> ServiceMetricsEndpoint.meter(readings, false));
	}

	private static <T> Mono<WebEndpointResponse<Object>> answer(int slot, Mono<Readings<T>> readings,
			Function<Readings<T>, @Nullable OperationResponseBody> body) {
		return readings.map((read) -> {
			OperationResponseBody answer = read.bySlot().isEmpty() ? null : body.apply(read);
			if (answer != null) {
				return new WebEndpointResponse<Object>(answer);
			}
			return read.missing().isEmpty()
					? Problems.of(HttpStatus.NOT_FOUND,
							"no worker with such a meter is ready in slot %d".formatted(slot))
					: Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "the worker in slot %d has not answered within %d s"
						.formatted(slot, PeerRequests.LIMIT.toSeconds()));
		});
	}

}
