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

import io.prefork.launcher.supervisor.Event.DeadlineReached;
import io.prefork.launcher.supervisor.Event.ListenFailed;
import io.prefork.launcher.supervisor.Event.MasterStarted;
import io.prefork.launcher.supervisor.Event.StopRequested;
import io.prefork.launcher.supervisor.Event.WorkerExited;
import io.prefork.launcher.supervisor.Event.WorkerLeaving;
import io.prefork.launcher.supervisor.Event.WorkerReady;
import io.prefork.launcher.supervisor.SupervisorState.Ending;

/**
 * What each event changes, before deadlines and empty slots are looked at.
 */
final class EventHandler implements Event.Handler {

	private final StepBuilder step;

	EventHandler(StepBuilder step) {
		this.step = step;
	}

	@Override
	public void masterStarted(MasterStarted event) {
		this.step.spawnAll();
	}

	@Override
	public void deadlineReached(DeadlineReached event) {
	}

	@Override
	public void workerReady(WorkerReady event) {
		this.step.fire(event.id(), Trigger.READY);
	}

	@Override
	public void workerLeaving(WorkerLeaving event) {
		this.step.fire(event.id(), Trigger.LEAVE);
	}

	@Override
	public void workerExited(WorkerExited event) {
		this.step.fire(event.id(), Trigger.EXIT);
		if (this.step.nobodyBooted()) {
			this.step.end(new Ending(ExitCodes.BOOT_FAILED, "no worker of the first generation could boot; worker=%d %s"
				.formatted(event.id().slot(), event.description())), Trigger.QUICK_STOP);
		}
	}

	@Override
	public void listenFailed(ListenFailed event) {
		if (!this.step.knows(event.id())) {
			return;
		}
		if (this.step.hasServed()) {
			this.step.add(new Decision.Refuse(event.id(), event.request(), event.reason()));
		}
		else {
			this.step.end(new Ending(ExitCodes.BIND_FAILED, event.reason()), Trigger.QUICK_STOP);
		}
	}

	@Override
	public void stopRequested(StopRequested event) {
		Trigger trigger = (event.quick() || this.step.isStopping()) ? Trigger.QUICK_STOP : Trigger.STOP;
		this.step.end(new Ending(ExitCodes.STOPPED, "stopped on request"), trigger);
	}

}
