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

import io.prefork.launcher.supervisor.Reload.Stage;

/**
 * Takes the service from one generation to the next, or back: first the canary beside the
 * old workers, then slot by slot. Whatever goes wrong before the end ends the reload, and
 * the slots that have changed already change back.
 */
final class Reloading {

	private final Draft draft;

	private final Replacement replacement;

	Reloading(Draft draft, Replacement replacement) {
		this.draft = draft;
		this.replacement = replacement;
	}

	void request() {
		if (this.draft.state().isStopping()) {
			return;
		}
		if (this.draft.state().reload() != null && !this.draft.state().plans().reloadAgain()) {
			this.draft.notice(new ServiceNotice.ReloadQueued());
		}
		this.draft.reloadAgain(true);
	}

	void prepared(Generation generation) {
		Reload reload = this.draft.state().reload();
		if (reload != null && reload.number() == generation.number() && reload.stage() == Stage.PREPARING) {
			boolean canary = !generation.settings().reload().canary().isZero();
			this.draft.reload(reload.prepared(generation, canary ? Stage.CANARY : Stage.ROLLING));
		}
	}

	/**
	 * Something went wrong with a worker of a generation; if that is the new one, the
	 * reload is over.
	 * @param generation the worker's generation
	 * @param failure what went wrong
	 */
	void failed(int generation, ReloadFailure failure) {
		Reload reload = this.draft.state().reload();
		if (reload != null && reload.number() == generation) {
			end(reload, failure);
		}
	}

	/**
	 * Whether the loss of a worker means that its generation is no good.
	 * @param departure the worker's end
	 * @return {@code true} if so
	 */
	boolean isBad(Departure departure) {
		Reload reload = this.draft.state().reload();
		return switch (departure.reason()) {
			case CRASH, OOM, HANG, BOOT_FAILURE, BOOT_TIMEOUT -> true;
			case LEFT -> reload != null && departure.id().equals(reload.canary());
			default -> false;
		};
	}

	void progress() {
		SupervisorState state = this.draft.state();
		Reload reload = state.reload();
		if (reload == null) {
			if (state.plans().reloadAgain() && state.runs()) {
				begin();
			}
			return;
		}
		if (reload.deadline().compareTo(this.draft.now()) <= 0) {
			end(reload, new ReloadFailure.Overdue(reload.deadline().minus(reload.startedAt())));
			return;
		}
		Generation next = reload.next();
		if (next != null) {
			switch (reload.stage()) {
				case PREPARING -> {
				}
				case CANARY -> bootCanary(reload, next);
				case WATCHING -> watchCanary(reload, next);
				case ROLLING -> endWhenRolled(reload, next);
			}
		}
	}

	private void begin() {
		int number = this.draft.state().plans().generations() + 1;
		Duration now = this.draft.now();
		Duration limit = this.draft.state().generation().settings().reload().timeout();
		this.draft.reloadAgain(false);
		this.draft.paused(false);
		this.draft.reload(new Reload(number, Stage.PREPARING, now, now.plus(limit), null, null, null));
		this.draft.notice(new ServiceNotice.ReloadBegun(number));
		this.draft.add(new Decision.Prepare(number));
	}

	private void bootCanary(Reload reload, Generation next) {
		Slot slot = this.draft.state().slots().get(0);
		WorkerId canary = reload.canary();
		if (canary == null) {
			WorkerId started = (slot.starting() == null) ? this.replacement.start(slot, next) : null;
			if (started != null) {
				this.draft.reload(reload.starts(started));
			}
			return;
		}
		Worker worker = this.draft.state().find(canary);
		if (worker != null && worker.isReady()) {
			Duration watch = next.settings().reload().canary();
			this.draft.reload(reload.watches(this.draft.now().plus(watch)));
			this.draft.notice(new ServiceNotice.CanaryWatched(reload.number(), watch));
		}
	}

	private void watchCanary(Reload reload, Generation next) {
		Worker canary = canary(reload);
		Duration until = reload.watchedUntil();
		if (canary == null || until == null) {
			return;
		}
		if (canary.state() == WorkerState.HUNG) {
			end(reload, new ReloadFailure.CanarySilent());
			return;
		}
		boolean over = until.compareTo(this.draft.now()) <= 0;
		double allowed = next.settings().reload().maxErrorRate();
		if (canary.vitals().fails(allowed, over ? 1 : ReloadPolicy.ENOUGH_ANSWERS)) {
			end(reload, new ReloadFailure.ErrorRate(canary.vitals().errors(), canary.vitals().answers(), allowed));
		}
		else if (over && canary.isReady()) {
			this.draft.reload(reload.rolls());
		}
	}

	private @Nullable Worker canary(Reload reload) {
		WorkerId canary = reload.canary();
		return (canary != null) ? this.draft.state().find(canary) : null;
	}

	private void endWhenRolled(Reload reload, Generation next) {
		boolean rolled = this.draft.state()
			.wanted()
			.allMatch((slot) -> slot.workers()
				.stream()
				.filter((worker) -> worker.state().mans() || worker.state() == WorkerState.HUNG)
				.allMatch((worker) -> worker.isReady() && worker.generation().number() == next.number())
					&& slot.ready() != null);
		if (rolled) {
			end(reload, null);
		}
	}

	private void end(Reload reload, @Nullable ReloadFailure failure) {
		SupervisorState state = this.draft.state();
		Generation next = reload.next();
		int target = state.target();
		this.draft.reload(null);
		this.draft.add(new Decision.EndReload(reload.number(), failure, this.draft.now().minus(reload.startedAt())));
		if (failure == null && next != null) {
			boolean resized = next.workers() != state.generation().workers();
			this.draft.generation(next);
			target = resized ? next.workers() : target;
		}
		target = Math.max(1, target + state.plans().scaleBy());
		this.draft.scaleBy(0);
		if (target != state.target()) {
			this.draft.notice(new ServiceNotice.Scaling(state.target(), target));
			this.draft.target(target);
		}
	}

}
