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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * The terminal from which the master is controlled, if there is one: not after setsid(1),
 * as a service or in a container. It sends signals of its own: INT for Ctrl-C, WINCH when
 * its window changes, HUP when it hangs up. See tty(4).
 */
public final class Terminal {

	private static final Path CONTROLLING = Path.of("/dev/tty");

	private final BooleanSupplier controls;

	private final boolean present;

	private final boolean ignored;

	/**
	 * Create a terminal.
	 * @param controls tells whether there is one
	 * @param ignored whether the service has to outlive it
	 */
	Terminal(BooleanSupplier controls, boolean ignored) {
		this.controls = controls;
		this.present = controls.getAsBoolean();
		this.ignored = ignored;
	}

	/**
	 * The terminal of this process.
	 * @param ignored whether the service has to outlive it, as nohup(1) wants it
	 * @return the terminal
	 */
	public static Terminal current(boolean ignored) {
		return new Terminal(Terminal::controls, ignored);
	}

	/**
	 * Whether there was one at the start.
	 * @return {@code true} if there was
	 */
	boolean isPresent() {
		return this.present;
	}

	/**
	 * Whether it has hung up: its window was closed, or the connection is broken.
	 * @return {@code true} if there was one and there is none any more
	 */
	boolean hasHungUp() {
		return this.present && !this.controls.getAsBoolean();
	}

	/**
	 * Whether the service has to outlive it.
	 * @return {@code true} if nohup(1) wants it
	 */
	boolean isIgnored() {
		return this.ignored;
	}

	private static boolean controls() {
		try {
			// For a process without a terminal there is no such device.
			Files.newInputStream(CONTROLLING).close();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
