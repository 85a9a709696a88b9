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

package io.prefork.boot.actuate;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

import io.prefork.boot.control.ServiceRequests;
import io.prefork.status.Hint;
import io.prefork.status.HistoryEntry;
import io.prefork.status.ListenerStatus;
import io.prefork.status.MasterStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

/**
 * Tells operators about the workers, changes their number and replaces them. Answers for
 * the whole service, whichever worker is asked. To change something needs
 * {@code management.endpoint.workers.access=unrestricted}.
 */
@WebEndpoint(id = "workers", defaultAccess = Access.READ_ONLY)
public class WorkersEndpoint {

	private final OperatorAnswers answers;

	/**
	 * Create an endpoint.
	 * @param service the way to the master; {@code null} if the process is not a worker
	 */
	public WorkersEndpoint(@Nullable ServiceRequests service) {
		this.answers = new OperatorAnswers(service);
	}

	/**
	 * Tell about all workers.
	 * @return a {@link WorkersDescriptor}, or a problem
	 */
	@ReadOperation
	public Mono<WebEndpointResponse<Object>> workers() {
		return this.answers.ask(ServiceRequests::status,
				(status) -> OperatorAnswers.ok(new WorkersDescriptor(status.master(), status.workers(), status.spares(),
						status.listeners(), status.history(), status.hints(), status.settings())));
	}

	/**
	 * Tell all about the workers of one slot.
	 * @param slot the number of the slot
	 * @return a {@link SlotDescriptor}, or a problem
	 */
	@ReadOperation
	public Mono<WebEndpointResponse<Object>> worker(@Selector int slot) {
		return this.answers.ask((service) -> service.status(slot), (status) -> slot(status, slot));
	}

	/**
	 * Change the number of workers.
	 * @param count how many there should be
	 * @return a {@link ScalingDescriptor}, or a problem
	 */
	@WriteOperation
	public Mono<WebEndpointResponse<Object>> scale(int count) {
		return this.answers.ask((service) -> service.scale(count),
				(workers) -> OperatorAnswers.accepted(new ScalingDescriptor(workers)));
	}

	/**
	 * Replace the worker of one slot.
	 * @param slot the number of the slot
	 * @return a {@link RecyclingDescriptor}, or a problem
	 */
	@DeleteOperation
	public Mono<WebEndpointResponse<Object>> recycle(@Selector int slot) {
		return this.answers.ask((service) -> service.recycle(slot),
				(recycled) -> OperatorAnswers.accepted(new RecyclingDescriptor(recycled)));
	}

	private static WebEndpointResponse<Object> slot(ServiceStatus status, int slot) {
		List<WorkerStatus> workers = status.workers().stream().filter((worker) -> worker.slot() == slot).toList();
		if (workers.isEmpty()) {
			return Problems.of(HttpStatus.NOT_FOUND, "there is no slot %d".formatted(slot));
		}
		String name = "worker=%d ".formatted(slot);
		return OperatorAnswers.ok(new SlotDescriptor(slot, workers,
				status.history().stream().filter((entry) -> entry.worker().startsWith(name)).toList()));
	}

	/**
	 * All workers.
	 *
	 * @param master the master
	 * @param workers the workers in their slots
	 * @param spares the workers in waiting
	 * @param listeners the ports, and how many connections wait there
	 * @param history what happened last, the oldest first
	 * @param hints what was found in the application that several processes change
	 * @param settings the values in force, by names without {@code prefork.}; without the
	 * options of JVMs
	 */
	public record WorkersDescriptor(MasterStatus master, List<WorkerStatus> workers, List<WorkerStatus> spares,
			List<ListenerStatus> listeners, List<HistoryEntry> history, List<Hint> hints,
			Map<String, String> settings) implements OperationResponseBody {

	}

	/**
	 * The workers of one slot: one, or two while it is replaced.
	 *
	 * @param slot the number of the slot
	 * @param workers its workers, with stack traces and last output
	 * @param history what happened there last, the oldest first
	 */
	public record SlotDescriptor(int slot, List<WorkerStatus> workers,
			List<HistoryEntry> history) implements OperationResponseBody {

	}

	/**
	 * A change of the number of workers that has begun.
	 *
	 * @param count how many there will be
	 */
	public record ScalingDescriptor(int count) implements OperationResponseBody {

	}

	/**
	 * A replacement that has begun.
	 *
	 * @param slot the number of the slot
	 */
	public record RecyclingDescriptor(int slot) implements OperationResponseBody {

	}

}
