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

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import sun.misc.Signal;

/**
 * Signals that an operator sends before there is a master who could handle them. They
 * would end the JVM, or stop it; they are held until it is known what it becomes.
 */
public final class HeldSignals {

	private static final List<String> NAMES = List.of("HUP", "USR1", "TTIN", "TTOU");

	private static final Set<String> received = ConcurrentHashMap.newKeySet();

	private static volatile Signals held = Signals.NONE;

	private HeldSignals() {
	}

	/**
	 * Hold signals from now on.
	 */
	public static synchronized void hold() {
		if (held == Signals.NONE) {
			held = Signals.handle(NAMES, received::add);
		}
	}

	/**
	 * Let them do what they do to any JVM: there will be no master. Those that came
	 * meanwhile come now.
	 */
	public static synchronized void release() {
		held.close();
		held = Signals.NONE;
		NAMES.stream().filter(received::remove).forEach((name) -> Signal.raise(new Signal(name)));
	}

	/**
	 * Tell whether a signal came that has not been handled, and regard it as handled.
	 * @param name the name of the signal without SIG
	 * @return {@code true} if it came
	 */
	static boolean take(String name) {
		return received.remove(name);
	}

}
