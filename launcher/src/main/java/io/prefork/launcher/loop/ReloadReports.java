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

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.Labels;
import io.prefork.launcher.log.Wording;
import io.prefork.launcher.supervisor.Decision;
import io.prefork.launcher.supervisor.Reload;
import io.prefork.launcher.supervisor.Slot;
import io.prefork.launcher.supervisor.Step;
import io.prefork.launcher.supervisor.SupervisorState;
import io.prefork.launcher.supervisor.Worker;
import io.prefork.status.ReloadStatus;
import io.prefork.status.ReloadStatus.SlotProgress;
import io.prefork.status.ReloadStatus.Verdict;
import io.prefork.status.ReloadTotals;

/**
 * Knows the reload under way, and those that have ended. The master loop owns it.
 */
final class ReloadReports {

	private static final String ENDED = "ended";

	private @Nullable ReloadStatus last;

	private ReloadTotals totals = ReloadTotals.NONE;

	/**
	 * Remember what a step has ended.
	 * @param step the step
	 */
	void follow(Step step) {
		step.decisions().forEach((decision) -> {
			if (decision instanceof Decision.EndReload end) {
				this.totals = this.totals.plus(end.failure() == null, end.took());
				Instant now = Instant.now();
				String reason = (end.failure() != null) ? Wording.of(end.failure()) : "";
				this.last = new ReloadStatus(end.generation(), ENDED, now.minus(end.took()),
						new Verdict(now, end.failure() == null, reason), List.of());
			}
		});
	}

	/**
	 * All reloads that have ended.
	 * @return the totals
	 */
	ReloadTotals totals() {
		return this.totals;
	}

	/**
	 * The reload under way, or the last one.
	 * @param state the state
	 * @param began when the master began
	 * @return the reload, or {@code null} if there was none
	 */
	@Nullable ReloadStatus status(SupervisorState state, Instant began) {
		Reload reload = state.reload();
		if (reload == null) {
			return this.last;
		}
		return new ReloadStatus(reload.number(), Labels.of(reload.stage()), began.plus(reload.startedAt()), null,
				state.wanted().map((slot) -> progress(slot, reload.number())).toList());
	}

	private static SlotProgress progress(Slot slot, int generation) {
		Worker serving = slot.ready();
		Worker next = slot.workers()
			.stream()
			.filter((worker) -> worker.generation().number() == generation)
			.reduce((first, second) -> second)
			.orElse(null);
		return new SlotProgress(slot.number(), (serving != null) ? serving.generation().number() : 0,
				(next != null) ? Labels.of(next.state()) : SlotProgress.WAITING);
	}

}
