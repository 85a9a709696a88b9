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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

import io.prefork.boot.drain.DrainPlan;
import io.prefork.boot.event.WorkerDrainedEvent;
import io.prefork.boot.event.WorkerDrainingEvent;
import io.prefork.protocol.FromWorker;

/**
 * Drains this worker when its context is about to close, whatever the reason. This is the
 * first thing that happens: no lifecycle bean has been stopped and no executor refuses
 * work yet, so what is in flight finds the application as it was.
 */
public final class WorkerDrain implements ApplicationListener<ContextClosedEvent>, Ordered {

	private static final Log logger = LogFactory.getLog(WorkerDrain.class);

	/**
	 * How long the last worker goes on accepting what waits in the accept queue.
	 */
	private static final Duration LAST_CALL = Duration.ofMillis(100);

	private final @Nullable WorkerRuntime worker;

	private final ApplicationContext context;

	/**
	 * Create a drain.
	 * @param worker this worker; {@code null} if the process is not one
	 * @param context the context that is watched
	 */
	public WorkerDrain(@Nullable WorkerRuntime worker, ApplicationContext context) {
		this.worker = worker;
		this.context = context;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (this.worker != null && event.getApplicationContext() == this.context) {
			this.context.publishEvent(
					new WorkerDrainingEvent(this.context, this.worker.slot(), this.worker.identity().generation()));
			drain(this.worker);
			this.context.publishEvent(
					new WorkerDrainedEvent(this.context, this.worker.slot(), this.worker.identity().generation()));
		}
	}

	private static void drain(WorkerRuntime worker) {
		worker.leader().choose(false);
		worker.master().send(new FromWorker.Draining());
		DrainPlan plan = worker.drainPlan();
		plan.await(plan.terms().delay(), new CompletableFuture<>());
		worker.master().endConnections();
		worker.gate().shut(plan.terms().lastCall() ? LAST_CALL : Duration.ZERO);
		int cut = worker.connections().drain(plan);
		if (cut > 0 && logger.isWarnEnabled()) {
			logger.warn("%d connections had to be cut after %d s".formatted(cut, plan.terms().budget().toSeconds()));
		}
		worker.master().responder().sayFarewell();
		worker.master().send(new FromWorker.Drained(cut));
	}

}
