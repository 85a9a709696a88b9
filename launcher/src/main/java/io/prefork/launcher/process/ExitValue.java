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

package io.prefork.launcher.process;

import java.util.Map;

import io.prefork.launcher.supervisor.ProcessEnd;

/**
 * Describes how a process ended. A process that a signal ended reports 128 and the
 * signal's number, as a JVM does that ran its shutdown hooks on a signal; see signal(7).
 */
final class ExitValue {

	private static final int SIGNALLED = 128;

	/**
	 * Signals that a JVM can't answer with an orderly exit.
	 */
	private static final Map<Integer, String> DEADLY = Map.of(4, "ILL", 6, "ABRT", 7, "BUS", 8, "FPE", 9, "KILL", 11,
			"SEGV");

	private ExitValue() {
	}

	static ProcessEnd of(int exitValue) {
		int signal = exitValue - SIGNALLED;
		String name = DEADLY.get(signal);
		return (name != null) ? new ProcessEnd.Killed(signal, name) : new ProcessEnd.Exited(exitValue);
	}

}
