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

package io.prefork.launcher.loop;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.prefork.contract.QueueAge;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.supervisor.Slot;
import io.prefork.launcher.supervisor.SupervisorState;
import io.prefork.launcher.supervisor.Worker;
import io.prefork.status.ListenerStatus;

/**
 * Says when connections wait for long to be accepted, and why. The master loop owns it.
 */
final class BacklogWatch {

	/**
	 * How often it wants to look.
	 */
	static final Duration PACE = Duration.ofSeconds(1);

	/**
	 * An event loop that keeps its tasks waiting for so long is busy.
	 */
	private static final Duration BUSY = Duration.ofMillis(100);

	/**
	 * A heartbeat that a worker has sent before may be heard of so much later.
	 */
	private static final Duration ON_ITS_WAY = Duration.ofMillis(250);

	private final Map<String, QueueAge> queues = new HashMap<>();

	private final Set<String> late = new HashSet<>();

	private final MasterLog log;

	/**
	 * Create a watch.
	 * @param log the master's log
	 */
	BacklogWatch(MasterLog log) {
		this.log = log;
	}

	/**
	 * Look at all ports.
	 * @param ports the ports
	 * @param opened how many connections all workers have opened so far
	 * @param state the state of the service
	 * @param now the time
	 */
	void look(List<ListenerStatus> ports, long opened, SupervisorState state, Duration now) {
		for (ListenerStatus port : ports) {
			long age = this.queues.computeIfAbsent(port.address(), (address) -> new QueueAge())
				.look(port.waiting(), opened, now.toNanos());
			// A service that is paused lets everybody wait, as it was told to.
			if (age > PACE.toNanos() && !state.paused()) {
				if (this.late.add(port.address())) {
					this.log.warn("connections wait to be accepted at %s, %d now, the first for more than %s: %s"
						.formatted(port.address(), port.waiting(), MasterLog.seconds(Duration.ofNanos(age)),
								cause(state, now.minusNanos(age))));
				}
			}
			else if (age == 0 && this.late.remove(port.address())) {
				this.log.info("connections at %s are accepted at once again".formatted(port.address()));
			}
		}
	}

	private static String cause(SupervisorState state, Duration since) {
		List<Worker> ready = state.wanted().map(Slot::ready).filter((worker) -> worker != null).toList();
		if (ready.isEmpty()) {
			return "no worker is ready";
		}
		Duration silentSince = since.plus(ON_ITS_WAY);
		if (ready.stream().allMatch((worker) -> worker.readings().aliveAt().compareTo(silentSince) < 0)) {
			return "no event loop has run since; are the workers stopped or hung?";
		}
		Duration lag = ready.stream()
			.map((worker) -> worker.vitals().lag())
			.max(Comparator.naturalOrder())
			.orElse(Duration.ZERO);
		return (lag.compareTo(BUSY) > 0)
				? "event loops are busy, their tasks wait for up to %d ms".formatted(lag.toMillis())
				: "workers do not accept; have they as many connections as they may, or as many files open?";
	}

}
