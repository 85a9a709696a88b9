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

import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.NestedExceptionUtils;

import io.prefork.protocol.FromWorker;

/**
 * Tells the master why this worker could not start.
 */
public final class FailureReporter implements ApplicationListener<ApplicationFailedEvent> {

	private static final int LIMIT = 4000;

	@Override
	public void onApplicationEvent(ApplicationFailedEvent event) {
		WorkerRuntime worker = WorkerRuntime.current();
		if (worker != null) {
			worker.master().send(new FromWorker.Failed(reason(event.getException())));
		}
	}

	static String reason(Throwable failure) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
		String reason = (root != failure) ? failure + System.lineSeparator() + "caused by " + root : failure.toString();
		return reason.substring(0, Math.min(LIMIT, reason.length()));
	}

}
