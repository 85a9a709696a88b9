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

package io.prefork.launcher.signal;

import java.util.concurrent.atomic.AtomicBoolean;

import jdk.jfr.FlightRecorder;

import io.prefork.launcher.log.MasterLog;

/**
 * USR2 to the master. HotSpot suspends threads with that signal when the flight recorder
 * samples them, and then it is not the operator who sent it; the environment variable
 * {@code _JAVA_SR_SIGNUM} makes HotSpot use another one.
 */
final class UpgradeSignal implements Runnable {

	private static final String SUSPEND_SIGNAL = "_JAVA_SR_SIGNUM";

	private static final boolean HAS_RECORDER = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

	private final AtomicBoolean explained = new AtomicBoolean();

	private final MasterLog log;

	private final Runnable upgrade;

	UpgradeSignal(MasterLog log, Runnable upgrade) {
		this.log = log;
		this.upgrade = upgrade;
	}

	@Override
	public void run() {
		if (System.getenv(SUSPEND_SIGNAL) != null || !HAS_RECORDER || !FlightRecorder.isInitialized()) {
			this.upgrade.run();
		}
		else if (this.explained.compareAndSet(false, true)) {
			this.log.info(("USR2 is ignored, because the flight recorder runs in this JVM and sends it by itself; "
					+ "set %s=40 in the environment of the master to be able to upgrade it")
				.formatted(SUSPEND_SIGNAL));
		}
	}

}
