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

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.function.Consumer;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Signals to the master. A handler does nothing but call what it was given, on a thread
 * of the JVM's. See signal(7).
 * <p>
 * A JVM has no other way to handle a signal than {@code sun.misc.Signal}, which is in the
 * module {@code jdk.unsupported} for that reason (JEP 260).
 */
public final class Signals implements AutoCloseable {

	static final Signals NONE = new Signals();

	private final Deque<Runnable> restores = new ArrayDeque<>();

	private Signals() {
	}

	/**
	 * Handle signals until closed, those first that have been held.
	 * @param handlers what to call, by the signal's name without SIG
	 * @return the installed handlers
	 */
	public static Signals handle(Map<String, Runnable> handlers) {
		Signals signals = new Signals();
		handlers.forEach(signals::install);
		handlers.forEach(HeldSignals::handOver);
		return signals;
	}

	/**
	 * Handle signals in the same way until closed.
	 * @param names the names of the signals without SIG
	 * @param handler is given the name of the signal
	 * @return the installed handlers
	 */
	static Signals handle(Collection<String> names, Consumer<String> handler) {
		Signals signals = new Signals();
		names.forEach((name) -> signals.install(name, () -> handler.accept(name)));
		return signals;
	}

	@Override
	public void close() {
		while (!this.restores.isEmpty()) {
			this.restores.pop().run();
		}
	}

	private void install(String name, Runnable handler) {
		Signal signal = new Signal(name);
		SignalHandler previous = Signal.handle(signal, (received) -> handler.run());
		this.restores.push(() -> Signal.handle(signal, previous));
	}

}
