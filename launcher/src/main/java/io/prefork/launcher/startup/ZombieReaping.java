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

package io.prefork.launcher.startup;

import java.util.Map;

import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.process.CurrentJvm;
import io.prefork.launcher.process.WorkerProcesses;
import io.prefork.launcher.process.Zombies;
import io.prefork.launcher.signal.Signals;

/**
 * The duty of a master that is the first process of a container: to collect processes
 * that others left behind.
 */
public final class ZombieReaping {

	private static final int FIRST = 1;

	private ZombieReaping() {
	}

	/**
	 * Take the duty on until the JVM ends, if this is process 1. The JDK resets SIGCHLD
	 * when it starts its first process, so call this after that.
	 * @param workers the processes that are none of its business
	 * @param log the log
	 */
	public static void begin(WorkerProcesses workers, MasterLog log) {
		if (CurrentJvm.pid() == FIRST) {
			Zombies zombies = new Zombies(workers::contains, (ex) -> log.warn(remedy(ex)));
			Signals.handle(Map.of("CHLD", zombies::childEnded));
			zombies.childEnded();
		}
	}

	private static String remedy(Exception failure) {
		return ("processes that workers leave behind stay as zombies: the master is process 1 and this JVM can't collect "
				+ "them (%s); start the container with an init (docker run --init, or tini as its entry point)")
			.formatted(failure);
	}

}
