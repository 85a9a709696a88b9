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

import io.prefork.launcher.supervisor.SupervisorState.Phase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds after every step, whatever happened.
 */
final class Invariants {

	private Invariants() {
	}

	static void check(SupervisorState before, Step step, Duration now, Processes processes) {
		SupervisorState after = step.state();
		for (Slot slot : after.slots()) {
			check(slot, after.phase(), now);
		}
		assertThat(after.workers().map(Worker::id)).as("the supervisor knows each process")
			.containsExactlyInAnyOrderElementsOf(processes.alive());
		assertThat(after.workers().filter((worker) -> worker.state().mans()).count()).as("workers that man a slot")
			.isLessThanOrEqualTo(after.slots().size());
		assertThat(after.phase()).as("no way back").isGreaterThanOrEqualTo(before.phase());
		if (before.ending() != null) {
			assertThat(after.ending()).as("the reason for the end is settled").isEqualTo(before.ending());
		}
		if (step.deadline() != null) {
			assertThat(step.deadline()).as("the next deadline lies ahead").isGreaterThan(now);
		}
		if (after.phase() == Phase.STOPPING) {
			assertThat(step.deadline()).as("somebody is waited for").isNotNull();
		}
	}

	private static void check(Slot slot, Phase phase, Duration now) {
		long manning = slot.workers().stream().filter((worker) -> worker.state().mans()).count();
		assertThat(manning).as("workers that man %s", slot).isLessThanOrEqualTo(1);
		assertThat(slot.workers()).as("workers of %s", slot).noneMatch((worker) -> worker.isOverdue(now));
		if (phase == Phase.FILLING || phase == Phase.RUNNING) {
			assertThat(manning == 1 || slot.restartAt() != null).as("%s is manned or will be", slot).isTrue();
		}
		if (phase == Phase.STOPPING || phase == Phase.STOPPED) {
			assertThat(manning == 0 && slot.restartAt() == null).as("%s is not filled any more", slot).isTrue();
		}
	}

}
