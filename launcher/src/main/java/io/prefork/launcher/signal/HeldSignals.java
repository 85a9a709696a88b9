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

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import sun.misc.Signal;

/**
 * Signals that an operator sends before there is a master who could handle them. They
 * would end the JVM, or stop it; they are held until it is known what it becomes.
 */
public final class HeldSignals {

	private static final List<String> NAMES = List.of("HUP", "USR1", "TTIN", "TTOU");

	private static final Set<String> received = new HashSet<>();

	/**
	 * Those who handle them by now: a signal may just be on its way to be held.
	 */
	private static final Map<String, Runnable> handlers = new HashMap<>();

	private static Signals held = Signals.NONE;

	private HeldSignals() {
	}

	/**
	 * Hold signals from now on.
	 */
	public static synchronized void hold() {
		if (held == Signals.NONE) {
			handlers.clear();
			held = Signals.handle(NAMES, HeldSignals::receive);
		}
	}

	/**
	 * Let them do what they do to any JVM: there will be no master. Those that came
	 * meanwhile come now, unless they would do nothing but end it without a word.
	 */
	public static synchronized void release() {
		held.close();
		held = Signals.NONE;
		NAMES.forEach((name) -> handOver(name, () -> raise(name)));
	}

	/**
	 * Let a signal be handled from now on, and now if it came.
	 * @param name the name of the signal without SIG
	 * @param handler handles it
	 */
	static synchronized void handOver(String name, Runnable handler) {
		handlers.put(name, handler);
		if (received.remove(name)) {
			handler.run();
		}
	}

	private static synchronized void receive(String name) {
		Runnable handler = handlers.get(name);
		if (handler != null) {
			handler.run();
		}
		else {
			received.add(name);
		}
	}

	private static void raise(String name) {
		try {
			Signal.raise(new Signal(name));
		}
		catch (IllegalArgumentException ex) {
			// The JVM itself does nothing with it.
		}
	}

}
