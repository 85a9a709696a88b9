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

package io.prefork.boot.lifecycle;

import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;

import io.prefork.boot.event.WorkerDrainedEvent;
import io.prefork.boot.event.WorkerDrainingEvent;
import io.prefork.boot.event.WorkerEvent;
import io.prefork.boot.event.WorkerLifecycle;
import io.prefork.boot.event.WorkerReadyEvent;

/**
 * Calls what beans do at the turns of this worker's life.
 */
public final class WorkerHooks implements ApplicationListener<WorkerEvent> {

	private static final Log logger = LogFactory.getLog(WorkerHooks.class);

	private final ObjectProvider<WorkerLifecycle> hooks;

	/**
	 * Create a caller.
	 * @param hooks the beans
	 */
	public WorkerHooks(ObjectProvider<WorkerLifecycle> hooks) {
		this.hooks = hooks;
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

	@Override
	public void onApplicationEvent(WorkerEvent event) {
		if (event instanceof WorkerReadyEvent ready) {
			call("afterStart", event, (hook) -> hook.afterStart(ready));
		}
		else if (event instanceof WorkerDrainingEvent draining) {
			call("beforeDrain", event, (hook) -> hook.beforeDrain(draining));
		}
		else if (event instanceof WorkerDrainedEvent drained) {
			call("afterDrain", event, (hook) -> hook.afterDrain(drained));
		}
	}

	private void call(String method, WorkerEvent event, Consumer<WorkerLifecycle> call) {
		this.hooks.orderedStream().forEach((hook) -> {
			try {
				call.accept(hook);
			}
			catch (RuntimeException | Error ex) {
				logger.error("%s of %s failed in worker=%s gen=%d".formatted(method, hook.getClass().getName(),
						event.getSlot(), event.getGeneration()), ex);
			}
		});
	}

}
