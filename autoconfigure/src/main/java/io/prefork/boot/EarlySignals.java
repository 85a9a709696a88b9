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

package io.prefork.boot;

import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

import io.prefork.boot.lifecycle.TerminalSignals;
import io.prefork.contract.WorkerIdentity;
import io.prefork.launcher.signal.HeldSignals;

/**
 * Keeps signals from ending this process before it is known what it becomes: the earliest
 * moment of an application.
 */
final class EarlySignals implements ApplicationListener<ApplicationStartingEvent>, Ordered {

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationStartingEvent event) {
		if (ThisWorker.identity(System.getenv()) != null) {
			TerminalSignals.ignore();
		}
		else if (System.getenv(WorkerIdentity.DESCRIBE_VARIABLE) == null && OneProcessReason.isLinux()) {
			HeldSignals.hold();
		}
	}

}
