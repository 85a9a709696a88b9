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

import java.util.List;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Signals that a terminal sends to the master and all workers at once. Workers leave them
 * to the master.
 */
public final class TerminalSignals {

	private TerminalSignals() {
	}

	/**
	 * Ignore them from now on.
	 */
	public static void ignore() {
		List.of("INT", "HUP").forEach((name) -> Signal.handle(new Signal(name), SignalHandler.SIG_IGN));
	}

}
