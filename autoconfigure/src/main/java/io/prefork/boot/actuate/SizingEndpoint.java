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

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.sun.management.OperatingSystemMXBean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import reactor.core.publisher.Mono;

import io.prefork.boot.actuate.RequestTimes.Served;
import io.prefork.boot.control.ServiceRequests;
import io.prefork.status.LoadStatus;
import io.prefork.status.ProcessStatus;
import io.prefork.status.ServiceStatus;
import io.prefork.status.WorkerStatus;

/**
 * Tells what the service does right now and what it takes for it: figures to size it by.
 */
@WebEndpoint(id = "sizing")
public class SizingEndpoint {

	private static final double BUSY = 0.85;

	private static final Duration LAG = Duration.ofMillis(50);

	private final OperatorAnswers answers;

	private final RequestTimes times;

	private final Duration window;

	/**
	 * Create an endpoint.
	 * @param service the way to the master; {@code null} if the process is not a worker
	 * @param times knows how long requests take
	 * @param window how long to watch
	 */
	public SizingEndpoint(@Nullable ServiceRequests service, RequestTimes times, Duration window) {
		this.answers = new OperatorAnswers(service);
		this.times = times;
		this.window = window;
	}

	/**
	 * Watch the service for a while, which the answer takes.
	 * @return a {@link SizingDescriptor}, or a problem
	 */
	@ReadOperation
	public Mono<WebEndpointResponse<Object>> sizing() {
		return this.answers.watch(
				(master) -> Mono.zip(Mono.fromFuture(master::figures), this.times.served(), Look::new), this.window,
				(before, after) -> OperatorAnswers.ok(describe(before, after, this.window)));
	}

	static SizingDescriptor describe(Look first, Look second, Duration window) {
		ServiceStatus before = first.status();
		ServiceStatus after = second.status();
		List<WorkerLoad> workers = new ArrayList<>();
		for (WorkerStatus worker : after.workers()) {
			before.workers()
				.stream()
				.filter((earlier) -> isSame(earlier, worker))
				.findFirst()
				.map((earlier) -> load(earlier, worker, window))
				.ifPresent((load) -> workers.add(new WorkerLoad(worker.slot(), load)));
		}
		Load service = workers.stream().map(WorkerLoad::load).reduce(Load.NONE, Load::plus);
		// Its own CPUs are but its share of those.
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		Machine machine = new Machine(after.master().cpus(), system.getTotalMemorySize());
		return new SizingDescriptor(window, machine, service, workers, limits(service, machine, after),
				LiveAdvice.of(service, machine, workers.size(), second.served().minus(first.served())));
	}

	/**
	 * Find what limits the service now.
	 * @param service what it does
	 * @param machine what there is
	 * @param status its state
	 * @return what is used up
	 */
	private static List<String> limits(Load service, Machine machine, ServiceStatus status) {
		List<String> limits = new ArrayList<>();
		if (service.cpu() > BUSY * machine.cpus()) {
			limits.add("cpu");
		}
		if (service.pss() > BUSY * machine.memory()) {
			limits.add("memory");
		}
		if (status.workers()
			.stream()
			.map(WorkerStatus::load)
			.anyMatch((load) -> load != null && load.loopLag().compareTo(LAG) > 0)) {
			limits.add("event-loops");
		}
		if (status.listeners().stream().anyMatch((listener) -> listener.waiting() > 0)) {
			limits.add("accept-queue");
		}
		return limits;
	}

	private static boolean isSame(WorkerStatus earlier, WorkerStatus later) {
		ProcessStatus one = earlier.process();
		ProcessStatus other = later.process();
		return one != null && other != null && one.pid() == other.pid() && earlier.slot() == later.slot();
	}

	private static @Nullable Load load(WorkerStatus before, WorkerStatus after, Duration window) {
		LoadStatus earlier = before.load();
		LoadStatus later = after.load();
		ProcessStatus.Usage from = (before.process() != null) ? before.process().usage() : null;
		ProcessStatus.Usage to = (after.process() != null) ? after.process().usage() : null;
		if (earlier == null || later == null || from == null || to == null) {
			return null;
		}
		// Not the window: what a worker says is up to a second old.
		double heard = Math.max(0.001, seconds(Duration.between(earlier.at(), later.at())));
		return new Load((later.requests() - earlier.requests()) / heard, (later.errors() - earlier.errors()) / heard,
				later.active(), later.connections(), seconds(to.cpu().minus(from.cpu())) / seconds(window), to.pss());
	}

	private static double seconds(Duration duration) {
		return duration.toMillis() / 1000.0;
	}

	/**
	 * What the service does.
	 *
	 * @param window for how long it was watched
	 * @param machine what there is
	 * @param service what all workers do together
	 * @param workers what each does
	 * @param limits what limits it now: {@code cpu}, {@code memory}, {@code event-loops}
	 * that are late, connections in the {@code accept-queue}
	 * @param advice how many workers it should have for that; missing if nothing was
	 * answered, or nobody measures requests
	 */
	public record SizingDescriptor(Duration window, Machine machine, Load service, List<WorkerLoad> workers,
			List<String> limits, @Nullable LiveAdvice advice) implements OperationResponseBody {

	}

	/**
	 * A look at the service.
	 *
	 * @param status what it does
	 * @param served what it has answered
	 */
	record Look(ServiceStatus status, Served served) {

	}

	/**
	 * What there is, within the limits of the container.
	 *
	 * @param cpus the number of CPUs
	 * @param memory the memory in bytes
	 */
	public record Machine(int cpus, long memory) {

	}

	/**
	 * What is done, and what it takes.
	 *
	 * @param requestsPerSecond requests and WebSocket messages per second
	 * @param errorsPerSecond answers with a status of 500 or more per second
	 * @param active requests in progress at the end
	 * @param connections open connections at the end
	 * @param cpu how many CPUs were busy, on average
	 * @param pss the proportional set in bytes at the end
	 */
	public record Load(double requestsPerSecond, double errorsPerSecond, int active, int connections, double cpu,
			long pss) {

		private static final Load NONE = new Load(0, 0, 0, 0, 0, 0);

		private Load plus(Load other) {
			return new Load(this.requestsPerSecond + other.requestsPerSecond,
					this.errorsPerSecond + other.errorsPerSecond, this.active + other.active,
					this.connections + other.connections, this.cpu + other.cpu, this.pss + other.pss);
		}

	}

	/**
	 * What a worker does.
	 *
	 * @param slot its slot
	 * @param load what it does
	 */
	public record WorkerLoad(int slot, Load load) {

	}

}
