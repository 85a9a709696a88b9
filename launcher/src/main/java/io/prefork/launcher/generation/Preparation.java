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

package io.prefork.launcher.generation;

import java.io.IOException;
import java.nio.file.Path;

import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.MasterSettings;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.log.ErrnoHints;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.preload.OriginalJar;
import io.prefork.launcher.preload.Preload;
import io.prefork.launcher.process.WorkingDirectory;
import io.prefork.launcher.sizing.Machine;
import io.prefork.launcher.supervisor.ExitCodes;

/**
 * Makes what lets the workers of an application start quickly, without any worker.
 */
public final class Preparation {

	private static final int NUMBER = 1;

	private Preparation() {
	}

	/**
	 * Prepare an application. Blocks meanwhile, for up to some minutes.
	 * @param application the command that starts it
	 * @param settings its settings
	 * @param log is told what has been made
	 * @throws StartupException if it can't be prepared; the log says why
	 */
	public static void of(JavaCommand application, MasterSettings settings, MasterLog log) {
		Sizing sizing = new Sizing(Machine.current(), log);
		JavaCommand absolute = application.withLaunch(WorkingDirectory.current().resolve(application.launch()));
		JavaCommand worker = sizing.command(absolute, settings, sizing.workers(settings));
		try (Preload preload = new Preload(System.getenv(), log)) {
			preload.look(NUMBER, worker, settings.launch().preload().required(),
					settings.listen().keepsMasterBusy() ? null : OriginalJar.of(Path.of(absolute.launch().get(1))));
			if (!preload.isWhole(NUMBER)) {
				throw new StartupException(ExitCodes.USAGE, "The application was not prepared, see above");
			}
			log.info("prepared: " + String.join(" ", preload.apply(NUMBER, worker).launch()));
		}
		catch (IOException ex) {
			throw new StartupException(ExitCodes.USAGE, ErrnoHints.explain(ex), ex);
		}
	}

}
