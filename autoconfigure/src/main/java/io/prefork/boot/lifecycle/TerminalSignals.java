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

/**
 * Signals that a terminal sends to the master and all workers at once. Workers leave them
 * to the master. See {@code io.prefork.launcher.signal} for why this is reflection.
 */
final class TerminalSignals {

	private TerminalSignals() {
	}

	static void ignore() {
		try {
			Class<?> signal = Class.forName("sun.misc.Signal");
			Class<?> handler = Class.forName("sun.misc.SignalHandler");
			Object ignore = handler.getField("SIG_IGN").get(null);
			for (String name : new String[] { "INT", "HUP" }) {
				signal.getMethod("handle", signal, handler)
					.invoke(null, signal.getConstructor(String.class).newInstance(name), ignore);
			}
		}
		catch (ReflectiveOperationException | IllegalArgumentException ex) {
			throw new IllegalStateException("The terminal's signals can't be ignored", ex);
		}
	}

}
