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

import org.jspecify.annotations.Nullable;

/**
 * What an event means for one worker.
 */
final class TriggerOfEvent implements EventReceiver {

	private static final int SERVER_ERROR = 500;

	private final SupervisorState state;

	private final Worker worker;

	private @Nullable Trigger trigger;

	private TriggerOfEvent(SupervisorState state, Worker worker) {
		this.state = state;
		this.worker = worker;
	}

	static @Nullable Trigger of(Event event, SupervisorState state, Worker worker) {
		TriggerOfEvent handler = new TriggerOfEvent(state, worker);
		event.accept(handler);
		return handler.trigger;
	}

	@Override
	public void masterStarted(Event.MasterStarted event) {
	}

	@Override
	public void deadlineReached(Event.DeadlineReached event) {
	}

	@Override
	public void workerReady(Event.WorkerReady event) {
		Slot seat = this.state.seatOf(event.id());
		Reload reload = this.state.reload();
		boolean fails = event.probe() >= SERVER_ERROR && reload != null
				&& reload.number() == this.worker.generation().number() && this.worker.state() == WorkerState.STARTING;
		about(event.id(), fails ? Trigger.REPLACE
				: (seat != null && seat.place() instanceof Place.OnBench) ? Trigger.BOOTED : Trigger.READY);
	}

	@Override
	public void workerLeaving(Event.WorkerLeaving event) {
		about(event.id(), Trigger.LEAVE);
	}

	@Override
	public void workerLost(Event.WorkerLost event) {
		about(event.id(), Trigger.LEAVE);
	}

	@Override
	public void workerHeard(Event.WorkerHeard event) {
		if (this.worker.state() == WorkerState.HUNG
				&& event.silence().compareTo(this.worker.generation().settings().limits().silence()) < 0) {
			about(event.id(), Trigger.RECOVER);
		}
	}

	@Override
	public void masterDelayed(Event.MasterDelayed event) {
	}

	@Override
	public void scaleRequested(Event.ScaleRequested event) {
	}

	@Override
	public void recycleRequested(Event.RecycleRequested event) {
	}

	@Override
	public void reloadRequested(Event.ReloadRequested event) {
	}

	@Override
	public void generationPrepared(Event.GenerationPrepared event) {
	}

	@Override
	public void generationRefused(Event.GenerationRefused event) {
	}

	@Override
	public void pauseRequested(Event.PauseRequested event) {
	}

	@Override
	public void workerExited(Event.WorkerExited event) {
		about(event.id(), Trigger.EXIT);
	}

	@Override
	public void listenFailed(Event.ListenFailed event) {
	}

	@Override
	public void handedOver(Event.HandedOver event) {
		boolean leaves = this.worker.state() == WorkerState.DRAINING || this.worker.state().isEnding();
		this.trigger = (leaves || this.state.isStopping()) ? null : Trigger.REPLACE;
	}

	@Override
	public void stopRequested(Event.StopRequested event) {
		this.trigger = (event.quick() || this.state.isStopping()) ? Trigger.QUICK_STOP : Trigger.STOP;
	}

	private void about(WorkerId id, Trigger trigger) {
		if (id.equals(this.worker.id())) {
			this.trigger = trigger;
		}
	}

}
