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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;

import io.prefork.boot.event.WorkerReadyEvent;

/**
 * Tells the master that this worker serves: after {@link ApplicationReadyEvent}, so after
 * all runners, and not before the application accepts traffic. When the master has let it
 * accept connections, the application is told.
 */
public final class ReadyReporter implements GenericApplicationListener {

	private final @Nullable WorkerRuntime worker;

	private final ApplicationContext context;

	private boolean applicationReady;

	private boolean reported;

	/**
	 * Create a reporter.
	 * @param worker this worker; {@code null} if the process is not one
	 * @param context the context whose readiness counts
	 */
	public ReadyReporter(@Nullable WorkerRuntime worker, ApplicationContext context) {
		this.worker = worker;
		this.context = context;
	}

	@Override
	public boolean supportsEventType(ResolvableType eventType) {
		Class<?> type = eventType.toClass();
		return ApplicationReadyEvent.class.isAssignableFrom(type)
				|| AvailabilityChangeEvent.class.isAssignableFrom(type);
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * The order of the events counts, so they can't come on other threads.
	 */
	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

	@Override
	public synchronized void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ApplicationReadyEvent ready && ready.getApplicationContext() == this.context) {
			this.applicationReady = true;
		}
		else if (event instanceof AvailabilityChangeEvent<?> change && this.applicationReady && !this.reported
				&& change.getState() == ReadinessState.ACCEPTING_TRAFFIC && this.worker != null) {
			this.reported = true;
			WorkerRuntime worker = this.worker;
			worker.accepting()
				.thenRunAsync(() -> this.context
					.publishEvent(new WorkerReadyEvent(this.context, worker.slot(), worker.identity().generation())));
			worker.ready();
		}
	}

}
