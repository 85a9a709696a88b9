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
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.Labels;
import io.prefork.launcher.edge.WorkerProcess;
import io.prefork.launcher.log.Wording;
import io.prefork.launcher.supervisor.Departure;
import io.prefork.launcher.supervisor.Departures;
import io.prefork.launcher.supervisor.Slot;
import io.prefork.launcher.supervisor.SupervisorState;
import io.prefork.launcher.supervisor.Vitals;
import io.prefork.launcher.supervisor.Worker;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.OperatorRequest.GetStatus;
import io.prefork.status.ExitStatus;
import io.prefork.status.LoadStatus;
import io.prefork.status.MasterStatus;
import io.prefork.status.ProcessStatus;
import io.prefork.status.ReloadTotals;
import io.prefork.status.RestartStatus;
import io.prefork.status.StallStatus;
import io.prefork.status.WorkerStatus;

/**
 * Puts the state of the service into the words of operators. What belongs to the master
 * loop is taken when the report is created; the rest may be done on another thread.
 */
final class StatusReport {

	private final Map<WorkerId, Running> running;

	private final SupervisorState state;

	private final Instant began;

	private final GetStatus wanted;

	/**
	 * Create a report, on the master loop.
	 * @param state the state of the service
	 * @param began when the master began
	 * @param running the workers
	 * @param wanted what is wanted
	 */
	StatusReport(SupervisorState state, Instant began, Collection<RunningWorker> running, GetStatus wanted) {
		this.state = state;
		this.began = began;
		this.wanted = wanted;
		this.running = running.stream()
			.collect(Collectors.toMap(RunningWorker::id, (worker) -> new Running(worker.process(), worker.startedAt(),
					worker.heardAt(), worker.leads(), worker.archived(), worker.stall())));
	}

	/**
	 * The master.
	 * @param pid its process id
	 * @param reloads the reloads that it has ended
	 * @return the master
	 */
	MasterStatus master(long pid, ReloadTotals reloads) {
		String phase = this.state.paused() ? "paused" : Labels.of(this.state.phase());
		return new MasterStatus(pid, this.began, phase, this.state.generation().number(), this.state.target(),
				this.state.ready(), this.state.generation().cpus(), reloads);
	}

	/**
	 * The workers in their slots, those that leave included.
	 * @return the workers; may take a while
	 */
	List<WorkerStatus> workers() {
		return this.state.slots()
			.stream()
			.filter((slot) -> slot.number() < this.state.target() || !slot.workers().isEmpty())
			.flatMap((slot) -> slot.workers().isEmpty() ? Stream.of(vacant(slot))
					: slot.workers().stream().map((worker) -> worker(slot, worker)))
			.toList();
	}

	/**
	 * The workers in waiting.
	 * @return the workers; may take a while
	 */
	List<WorkerStatus> spares() {
		return this.state.bench()
			.stream()
			.flatMap((seat) -> seat.workers().stream().map((worker) -> worker(seat, worker)))
			.toList();
	}

	private WorkerStatus vacant(Slot slot) {
		return new WorkerStatus(slot.number(), WorkerStatus.VACANT, null, null, null, restarts(slot));
	}

	private WorkerStatus worker(Slot slot, Worker worker) {
		Running running = this.running.get(worker.id());
		Vitals vitals = worker.vitals();
		LoadStatus load = (running != null && vitals.heap() > 0) ? running.load(vitals) : null;
		return new WorkerStatus(slot.number(), Labels.of(worker.state()),
				(running != null) ? process(worker, running) : null, load,
				(running != null && slot.number() == this.wanted.slot()) ? running.stall() : null, restarts(slot));
	}

	private @Nullable ProcessStatus process(Worker worker, Running running) {
		WorkerProcess process = running.process();
		if (process == null) {
			return null;
		}
		Duration readySince = worker.readySince();
		return new ProcessStatus(process.pid(), worker.id().incarnation(), worker.generation().number(),
				running.leads(), running.startedAt(), running.archived(),
				(readySince != null) ? this.began.plus(readySince) : null,
				this.wanted.usage() ? process.usage() : null);
	}

	private RestartStatus restarts(Slot slot) {
		Departures departures = slot.departures();
		int total = departures.counts().values().stream().mapToInt(Integer::intValue).sum();
		Map<String, Integer> reasons = departures.counts()
			.entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> entry.getKey().label(), Map.Entry::getValue));
		Departure last = departures.latest().isEmpty() ? null : departures.latest().get(departures.latest().size() - 1);
		return new RestartStatus(total, reasons,
				(last != null) ? exit(last, slot.number() == this.wanted.slot()) : null);
	}

	private ExitStatus exit(Departure departure, boolean withOutput) {
		return new ExitStatus(this.began.plus(departure.at()), departure.id().incarnation(), departure.generation(),
				departure.reason().label(), Wording.of(departure.exit().end()),
				withOutput ? departure.exit().lastOutput() : "");
	}

	/**
	 * What belongs to the master loop of a worker.
	 *
	 * @param process its process; {@code null} if it could not be started
	 * @param startedAt when it was started
	 * @param heardAt when its last heartbeat came
	 * @param leads whether it is the leader
	 * @param archived whether it uses an archive of classes, if that is known
	 * @param stall the last time that one of its event loops was blocked
	 */
	private record Running(@Nullable WorkerProcess process, Instant startedAt, Instant heardAt, boolean leads,
			@Nullable Boolean archived, @Nullable StallStatus stall) {

		LoadStatus load(Vitals vitals) {
			return new LoadStatus(this.heardAt, vitals.requests(), vitals.errors(), vitals.active(),
					vitals.connections(), vitals.lag(), vitals.heap());
		}

	}

}
