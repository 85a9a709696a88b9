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

import io.prefork.launcher.supervisor.Reload.Stage;

/**
 * The one way in which a worker is replaced on purpose, whatever the purpose: the new
 * worker gets ready and accepts, then the old one drains. All planned work shares one
 * budget: {@code surge} workers more than wanted at once, or, where that is not allowed,
 * {@code max-unavailable} slots without a ready worker; there the old worker ends before
 * the new one begins.
 */
final class Replacement {

	private final Draft draft;

	private final Transitions transitions;

	Replacement(Draft draft, Transitions transitions) {
		this.draft = draft;
		this.transitions = transitions;
	}

	void replace() {
		SupervisorState state = this.draft.state();
		if (!state.runs()) {
			return;
		}
		if (state.paused()) {
			state.slots().forEach((slot) -> dismiss(slot, Reason.STOP));
			return;
		}
		dismissSurplus();
		markAged();
		for (int index = 0; index < state.target(); index++) {
			replaceIn(this.draft.state().slots().get(index));
		}
	}

	/**
	 * Start a worker for a slot although another one serves there, or let that one leave
	 * first, as the budget allows.
	 * @param slot the slot
	 * @param generation the new worker's generation
	 * @return the new worker, or {@code null} if it has to wait
	 */
	@Nullable WorkerId start(Slot slot, Generation generation) {
		Capacity capacity = this.draft.goal().settings().capacity();
		Worker ready = slot.ready();
		if (ready == null || live() < this.draft.state().target() + capacity.surge()) {
			return this.draft.isHeldBack(slot) ? null : this.draft.spawn(slot, generation);
		}
		boolean room = live() < this.draft.state().target() + capacity.maxUnavailable();
		if (capacity.surge() == 0 && room && unavailable() < capacity.maxUnavailable()) {
			Reason recycle = ready.recycle();
			boolean reloads = ready.generation().number() != generation.number();
			this.transitions.fire(ready.id(), Trigger.REPLACE,
					(recycle != null) ? recycle : reloads ? Reason.RELOAD : Reason.RECYCLE);
		}
		return null;
	}

	private void replaceIn(Slot slot) {
		Worker keep = slot.newest((worker) -> worker.isReady() && worker.recycle() == null && isWanted(worker));
		if (keep != null) {
			dismissOthers(slot, keep);
			return;
		}
		Worker wanted = slot.newest((worker) -> worker.isReady() && isWanted(worker));
		Worker serves = (wanted != null) ? wanted : slot.ready();
		if (serves != null) {
			dismissSuperseded(slot, serves);
		}
		slot.workers()
			.stream()
			.filter((worker) -> worker.state() == WorkerState.STARTING && !isWanted(worker) && !isCanary(worker))
			.forEach((worker) -> this.transitions.fire(worker.id(), Trigger.REPLACE, Reason.RELOAD));
		Slot left = this.draft.state().slots().get(slot.number());
		if (left.isServedByOne() && left.isDue(this.draft.now()) && !isWatched(left)) {
			start(left, this.draft.goal());
		}
	}

	private void dismissOthers(Slot slot, Worker keep) {
		slot.workers()
			.stream()
			.filter((worker) -> !worker.id().equals(keep.id()) && !isCanary(worker))
			.filter((worker) -> worker.state().mans() || worker.state() == WorkerState.HUNG)
			.filter(this::isDispensable)
			.forEach((worker) -> this.transitions.fire(worker.id(), Trigger.REPLACE, why(worker)));
	}

	/**
	 * A worker that has to be replaced itself has still replaced those before it.
	 * @param slot the slot
	 * @param serves the worker that has replaced the others
	 */
	private void dismissSuperseded(Slot slot, Worker serves) {
		slot.workers()
			.stream()
			.filter((worker) -> !worker.id().equals(serves.id()) && !isCanary(worker))
			.filter((worker) -> worker.isReady() || (worker.state() == WorkerState.HUNG && !isWatched(slot)))
			.filter(this::isDispensable)
			.forEach((worker) -> this.transitions.fire(worker.id(), Trigger.REPLACE, why(worker)));
	}

	/**
	 * The highest slot leaves first.
	 */
	private void dismissSurplus() {
		SupervisorState state = this.draft.state();
		for (int index = state.slots().size() - 1; index >= state.target(); index--) {
			dismiss(state.slots().get(index), Reason.SCALE);
		}
	}

	private void dismiss(Slot slot, Reason why) {
		slot.workers()
			.stream()
			.filter((worker) -> worker.state().mans() || worker.state() == WorkerState.HUNG)
			.filter((worker) -> why != Reason.SCALE || isDispensable(worker))
			.forEach((worker) -> this.transitions.fire(worker.id(), Trigger.REPLACE, why));
	}

	private boolean isDispensable(Worker worker) {
		return !worker.isReady() || !this.draft.state().isShort();
	}

	private void markAged() {
		this.draft.state().workers().filter((worker) -> worker.recycle() == null).forEach((worker) -> {
			Reason reason = worker.recycleReason(this.draft.now());
			if (reason != null) {
				mark(worker, reason);
			}
		});
	}

	void mark(Worker worker, Reason reason) {
		this.draft.put(worker.recycle(reason));
		this.draft.add(new Decision.Report(worker.id(), new WorkerReport.Recycled(reason)));
	}

	private Reason why(Worker worker) {
		Reason recycle = worker.recycle();
		return (recycle != null) ? recycle : isWanted(worker) ? Reason.SCALE : Reason.RELOAD;
	}

	private boolean isWanted(Worker worker) {
		return worker.generation().number() == this.draft.goal().number();
	}

	private boolean isCanary(Worker worker) {
		Reload reload = this.draft.state().reload();
		return reload != null && reload.stage() != Stage.ROLLING && worker.id().equals(reload.canary());
	}

	/**
	 * Whether a slot's worker is compared with a canary, so that it can't be replaced
	 * now.
	 * @param slot the slot
	 * @return {@code true} if so
	 */
	private boolean isWatched(Slot slot) {
		return slot.workers().stream().anyMatch(this::isCanary);
	}

	/**
	 * The workers that count against the budget, with those that slots still wait for.
	 * @return the count
	 */
	private long live() {
		SupervisorState state = this.draft.state();
		long vacant = state.wanted().filter((slot) -> !slot.isManned()).count();
		return vacant + state.slots()
			.stream()
			.flatMap((slot) -> slot.workers().stream())
			.filter((worker) -> !worker.state().isEnding() && worker.state() != WorkerState.HUNG)
			.count();
	}

	private long unavailable() {
		return this.draft.state().wanted().filter((slot) -> slot.ready() == null).count();
	}

}
