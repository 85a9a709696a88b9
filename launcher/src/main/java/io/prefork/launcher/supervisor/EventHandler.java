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

package io.prefork.launcher.supervisor;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.Event.DeadlineReached;
import io.prefork.launcher.supervisor.Event.GenerationPrepared;
import io.prefork.launcher.supervisor.Event.GenerationRefused;
import io.prefork.launcher.supervisor.Event.HandedOver;
import io.prefork.launcher.supervisor.Event.ListenFailed;
import io.prefork.launcher.supervisor.Event.MasterDelayed;
import io.prefork.launcher.supervisor.Event.MasterStarted;
import io.prefork.launcher.supervisor.Event.PauseRequested;
import io.prefork.launcher.supervisor.Event.RecycleRequested;
import io.prefork.launcher.supervisor.Event.ReloadRequested;
import io.prefork.launcher.supervisor.Event.ScaleRequested;
import io.prefork.launcher.supervisor.Event.StopRequested;
import io.prefork.launcher.supervisor.Event.WorkerExited;
import io.prefork.launcher.supervisor.Event.WorkerHeard;
import io.prefork.launcher.supervisor.Event.WorkerLeaving;
import io.prefork.launcher.supervisor.Event.WorkerLost;
import io.prefork.launcher.supervisor.Event.WorkerReady;
import io.prefork.launcher.supervisor.SupervisorState.Phase;

/**
 * What each event changes, before deadlines and empty slots are looked at.
 */
final class EventHandler implements EventReceiver {

	private static final int SERVER_ERROR = 500;

	private final Draft draft;

	private final Transitions transitions;

	private final Filling filling;

	private final Replacement replacement;

	private final Reloading reloading;

	private final Stopping stopping;

	EventHandler(Draft draft, Transitions transitions, Filling filling, Replacement replacement, Reloading reloading,
			Stopping stopping) {
		this.draft = draft;
		this.transitions = transitions;
		this.filling = filling;
		this.replacement = replacement;
		this.reloading = reloading;
		this.stopping = stopping;
	}

	@Override
	public void masterStarted(MasterStarted event) {
		if (event.succeeds()) {
			this.draft.roles(this.draft.state().roles().initialized(Roles.BY_OLD_MASTER));
		}
		this.filling.begin();
	}

	@Override
	public void deadlineReached(DeadlineReached event) {
	}

	@Override
	public void masterDelayed(MasterDelayed event) {
		Duration now = this.draft.now();
		Reload reload = this.draft.state().reload();
		if (reload != null) {
			this.draft.reload(reload.delayed(event.by()));
		}
		Duration readyAt = this.draft.state().readyAt().plus(event.by());
		this.draft.readyAt((readyAt.compareTo(now) < 0) ? readyAt : now);
		this.draft.state().workers().toList().forEach((worker) -> {
			Duration deadline = worker.deadline();
			if (deadline != null) {
				this.draft.put(worker.until(delayed(worker, deadline, event.by(), now)));
			}
		});
	}

	@Override
	public void workerReady(WorkerReady event) {
		Slot seat = this.draft.state().seatOf(event.id());
		Worker worker = (seat != null) ? seat.find(event.id()) : null;
		if (seat == null || worker == null) {
			return;
		}
		Reload reload = this.draft.state().reload();
		boolean isNew = reload != null && reload.number() == worker.generation().number();
		if (reload != null && isNew && event.probe() >= SERVER_ERROR && worker.state() == WorkerState.STARTING) {
			this.reloading.failed(reload.number(), new ReloadFailure.ProbeFailed(seat.number(), event.probe()));
			this.transitions.fire(event.id(), Trigger.REPLACE, Reason.RELOAD);
			return;
		}
		if (event.id().equals(this.draft.state().roles().initializer())) {
			this.draft.roles(this.draft.state().roles().initialized(worker.generation().number()));
		}
		this.transitions.fire(event.id(), (seat.place() instanceof Place.InSlot) ? Trigger.READY : Trigger.BOOTED);
	}

	@Override
	public void workerHeard(WorkerHeard event) {
		Worker worker = this.draft.state().find(event.id());
		if (worker == null) {
			return;
		}
		this.draft.put(worker.heard(event.vitals(), event.silence(), this.draft.now()));
		boolean alive = event.silence().compareTo(worker.generation().settings().limits().silence()) < 0;
		if (worker.state() == WorkerState.HUNG && alive) {
			this.transitions.fire(event.id(), Trigger.RECOVER);
			forgive(event.id());
			this.draft.add(new Decision.Report(event.id(), new WorkerReport.Responding()));
		}
	}

	@Override
	public void workerLeaving(WorkerLeaving event) {
		this.transitions.fire(event.id(), Trigger.LEAVE, Reason.LEFT);
	}

	@Override
	public void workerLost(WorkerLost event) {
		this.transitions.fire(event.id(), Trigger.LEAVE);
	}

	@Override
	public void workerExited(WorkerExited event) {
		Slot seat = this.draft.state().seatOf(event.id());
		Worker worker = (seat != null) ? seat.find(event.id()) : null;
		if (seat == null || worker == null) {
			return;
		}
		Departure departure = new Departure(event.id(), worker.generation().number(),
				reason(worker, event.exit().outOfMemory()), event.exit(), this.draft.now());
		this.draft.add(new Decision.Depart(departure));
		this.draft.put(seat.departed(departure));
		if (event.id().equals(this.draft.state().roles().initializer())) {
			this.draft.roles(this.draft.state().roles().initializer(null));
		}
		this.transitions.fire(event.id(), Trigger.EXIT);
		if (this.reloading.isBad(departure)) {
			this.reloading.failed(departure.generation(),
					new ReloadFailure.WorkerLost(seat.place(), event.exit(), departure.reason()));
		}
		if (nobodyBooted() && !this.filling.tryAnother()) {
			this.stopping.end(new Ending.NobodyBooted(seat.place(), event.exit()), Trigger.QUICK_STOP);
		}
	}

	@Override
	public void listenFailed(ListenFailed event) {
		if (this.draft.state().find(event.id()) == null) {
			return;
		}
		if (this.draft.state().phase() != Phase.BOOTING) {
			this.draft.add(new Decision.Refuse(event.id(), event.request(), event.reason()));
		}
		else {
			this.stopping.end(new Ending.BindFailed(event.reason()), Trigger.QUICK_STOP);
		}
	}

	@Override
	public void scaleRequested(ScaleRequested event) {
		SupervisorState state = this.draft.state();
		int wanted = state.target() + state.plans().scaleBy();
		int target = Math.max(1, event.relative() ? wanted + event.count() : event.count());
		if (state.isStopping()) {
			return;
		}
		if (state.paused() && event.count() > 0) {
			int resumed = event.relative() ? state.target() : target;
			this.draft.paused(false);
			this.draft.notice(new ServiceNotice.Resumed(resumed));
			this.draft.target(resumed);
		}
		else if (state.reload() != null) {
			this.draft.scaleBy(target - state.target());
			this.draft.notice(new ServiceNotice.ScalingQueued(target));
		}
		else if (target != state.target()) {
			this.draft.notice(new ServiceNotice.Scaling(state.target(), target));
			this.draft.target(target);
		}
		else if (event.count() < 0) {
			this.draft.notice(new ServiceNotice.ScalingRefused());
		}
	}

	@Override
	public void recycleRequested(RecycleRequested event) {
		this.draft.state()
			.wanted()
			.filter((slot) -> slot.number() == event.slot())
			.map(Slot::ready)
			.forEach((worker) -> recycle(worker));
	}

	@Override
	public void reloadRequested(ReloadRequested event) {
		this.reloading.request();
	}

	@Override
	public void generationPrepared(GenerationPrepared event) {
		this.reloading.prepared(event.generation());
	}

	@Override
	public void generationRefused(GenerationRefused event) {
		this.reloading.failed(event.generation(), new ReloadFailure.Refused(event.reason()));
	}

	@Override
	public void pauseRequested(PauseRequested event) {
		SupervisorState state = this.draft.state();
		if (state.runs() && !state.paused()) {
			this.reloading.failed(state.plans().generations(), new ReloadFailure.Paused());
			this.draft.reloadAgain(false);
			this.draft.paused(true);
			this.draft.notice(new ServiceNotice.Paused());
		}
	}

	@Override
	public void handedOver(HandedOver event) {
		this.stopping.giveWay(new Ending.HandedOver());
	}

	@Override
	public void stopRequested(StopRequested event) {
		Trigger trigger = (event.quick() || this.draft.state().isStopping()) ? Trigger.QUICK_STOP : Trigger.STOP;
		this.stopping.end(new Ending.Requested(), trigger);
	}

	private void recycle(@Nullable Worker worker) {
		if (worker != null && worker.recycle() == null) {
			this.replacement.mark(worker, Reason.RECYCLE);
		}
	}

	private void forgive(WorkerId id) {
		Worker recovered = this.draft.state().find(id);
		if (recovered != null && recovered.isReady()) {
			this.draft.put(recovered.forgiven());
		}
	}

	private boolean nobodyBooted() {
		return this.draft.state().phase() == Phase.BOOTING
				&& this.draft.state().wanted().allMatch((slot) -> slot.workers().isEmpty());
	}

	private static Duration delayed(Worker worker, Duration deadline, Duration by, Duration now) {
		if (!worker.isReady() && worker.state() != WorkerState.SPARE) {
			return deadline.plus(by);
		}
		Duration timeout = worker.generation().settings().limits().silence();
		Duration grace = (timeout.compareTo(TimeLimits.HEARING_GRACE) < 0) ? timeout : TimeLimits.HEARING_GRACE;
		Duration heard = now.plus(grace);
		return (heard.compareTo(deadline) > 0) ? heard : deadline;
	}

	private static Reason reason(Worker worker, boolean outOfMemory) {
		Reason why = worker.why();
		if (outOfMemory && (why == null || why == Reason.LEFT || why == Reason.HANG)) {
			return Reason.OOM;
		}
		if (why != null) {
			return why;
		}
		return (worker.readySince() != null || worker.state() == WorkerState.SPARE) ? Reason.CRASH
				: Reason.BOOT_FAILURE;
	}

}
