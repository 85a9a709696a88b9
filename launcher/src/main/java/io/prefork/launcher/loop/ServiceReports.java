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

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.edge.NotifyEdge;
import io.prefork.launcher.log.Wording;
import io.prefork.launcher.supervisor.Decision;
import io.prefork.launcher.supervisor.Ending;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.launcher.supervisor.Reload;
import io.prefork.launcher.supervisor.Step;
import io.prefork.launcher.supervisor.SupervisorState;
import io.prefork.launcher.supervisor.SupervisorState.Phase;

/**
 * Tells the service manager what changes from step to step. The master loop owns it.
 */
final class ServiceReports {

	private final NotifyEdge manager;

	private String status = "";

	private boolean ready;

	private boolean stopping;

	/**
	 * The generation to which a reload that was reported is under way; 0 for none.
	 */
	private int reloading;

	private @Nullable String failure;

	ServiceReports(NotifyEdge manager) {
		this.manager = manager;
	}

	/**
	 * Report what a step has changed.
	 * @param step the step, after its decisions have been executed
	 */
	void follow(Step step) {
		step.decisions().forEach((decision) -> {
			if (decision instanceof Decision.EndReload reload) {
				this.failure = (reload.failure() != null) ? Wording.of(reload.failure()) : null;
			}
		});
		SupervisorState state = step.state();
		String before = this.status;
		this.status = status(state);
		if (!reportChanges(state) && !this.status.equals(before)) {
			this.manager.status(this.status);
		}
	}

	/**
	 * Report that another process is the service from now on.
	 * @param pid that process
	 */
	void replacedBy(long pid) {
		this.manager.mainPid(pid);
	}

	/**
	 * Give a sign of life if one is due.
	 * @return how long it takes until the next one is; {@code null} if none is wanted
	 */
	@Nullable Duration signOfLife() {
		return this.manager.signOfLife();
	}

	private boolean reportChanges(SupervisorState state) {
		boolean wasReady = this.ready;
		boolean wasStopping = this.stopping;
		int wasReloading = this.reloading;
		Reload reload = state.reload();
		this.ready |= state.phase() == Phase.RUNNING;
		this.stopping = state.ending() != null;
		// To begin with a reload before the start is over would confuse the manager.
		this.reloading = (this.ready && reload != null) ? reload.number() : 0;
		if (this.stopping) {
			if (!wasStopping) {
				this.manager.stopping(this.status, state.generation().settings().limits().stop());
			}
			return !wasStopping;
		}
		boolean ended = wasReloading != 0 && this.reloading != wasReloading;
		boolean begins = this.reloading != 0 && this.reloading != wasReloading;
		if (ended || this.ready != wasReady) {
			this.manager.ready(this.status);
		}
		if (begins) {
			this.manager.reloading(this.status);
		}
		return ended || begins || this.ready != wasReady;
	}

	private String status(SupervisorState state) {
		Ending ending = state.ending();
		if (ending != null) {
			return (ending.exitCode() == ExitCodes.STOPPED) ? "stopping"
					: "failed: " + Wording.of(ending).lines().findFirst().orElse("");
		}
		String workers = "%d of %d workers ready, generation %d".formatted(state.ready(), state.target(),
				state.generation().number());
		Reload reload = state.reload();
		if (reload != null) {
			return "%s; reloading to generation %d".formatted(workers, reload.number());
		}
		if (state.paused()) {
			return workers + "; paused";
		}
		return (this.failure != null) ? "%s; reload failed: %s".formatted(workers, this.failure) : workers;
	}

}
