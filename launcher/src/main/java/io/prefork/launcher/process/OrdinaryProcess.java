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

import java.io.IOException;

import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.supervisor.ExitCodes;

/**
 * The application as one ordinary process, for when it can't be several.
 */
public final class OrdinaryProcess {

	private final Process process;

	private OrdinaryProcess(Process process) {
		this.process = process;
	}

	/**
	 * Start the application.
	 * @param application the command that starts it
	 * @return the process
	 * @throws StartupException if it can't be started
	 */
	public static OrdinaryProcess start(JavaCommand application) {
		ProcessBuilder builder = new ProcessBuilder(application.toList()).inheritIO();
		builder.environment().put("PREFORK_ENABLED", "false");
		try {
			return new OrdinaryProcess(builder.start());
		}
		catch (IOException ex) {
			throw new StartupException(ExitCodes.USAGE, "The application can't be started: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Send SIGTERM.
	 */
	public void terminate() {
		this.process.destroy();
	}

	/**
	 * Wait for the end.
	 * @return the exit code
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public int await() throws InterruptedException {
		return this.process.waitFor();
	}

}
