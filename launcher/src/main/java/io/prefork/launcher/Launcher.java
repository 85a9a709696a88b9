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

package io.prefork.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.MasterSettings;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.generation.Preparation;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.process.DescribeRun;
import io.prefork.launcher.process.OrdinaryProcess;
import io.prefork.launcher.signal.HeldSignals;
import io.prefork.launcher.signal.Signals;
import io.prefork.launcher.startup.ApplicationJar;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.protocol.Message;

/**
 * Runs an application from a jar, with a master that has none of the application's
 * classes in it.
 */
public final class Launcher {

	private Launcher() {
	}

	/**
	 * Run an application until it ends.
	 * @param jar the application's executable jar
	 * @param options options of the JVM for the application
	 * @param arguments the application's arguments
	 * @return the exit code
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public static int run(Path jar, List<String> options, List<String> arguments) throws InterruptedException {
		MasterLog log = new MasterLog();
		try {
			JavaCommand application = command(jar, options, arguments);
			Message.Described described = DescribeRun.of(application);
			String disabledReason = described.disabledReason();
			if (disabledReason != null) {
				log.info("running as one process: " + disabledReason);
				return runOrdinary(application);
			}
			return Master.run(described.settings(), application);
		}
		catch (StartupException ex) {
			log.error(String.valueOf(ex.getMessage()));
			return ex.exitCode();
		}
	}

	/**
	 * Prepare an application so that its workers start quickly, without running it.
	 * @param jar the application's executable jar
	 * @param options options of the JVM for the application
	 * @param arguments the application's arguments
	 * @return the exit code
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public static int prepare(Path jar, List<String> options, List<String> arguments) throws InterruptedException {
		MasterLog log = new MasterLog();
		try {
			JavaCommand application = command(jar, options, arguments);
			Preparation.of(application, settings(application), log);
			return ExitCodes.STOPPED;
		}
		catch (StartupException ex) {
			log.error(String.valueOf(ex.getMessage()));
			return ex.exitCode();
		}
	}

	/**
	 * Find out the settings of an application, without running it.
	 * @param jar the application's executable jar
	 * @param options options of the JVM for the application
	 * @param arguments the application's arguments
	 * @return the settings
	 * @throws StartupException if it can't be asked, has wrong settings, or runs as one
	 * process
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public static MasterSettings describe(Path jar, List<String> options, List<String> arguments)
			throws InterruptedException {
		return settings(command(jar, options, arguments));
	}

	private static MasterSettings settings(JavaCommand application) throws InterruptedException {
		Message.Described described = DescribeRun.of(application);
		String disabledReason = described.disabledReason();
		if (disabledReason != null) {
			throw new StartupException(ExitCodes.USAGE,
					"There are no workers: the application runs as one process: " + disabledReason);
		}
		return MasterSettings.from(described.settings());
	}

	/**
	 * The command that starts an application.
	 * @param jar the application's executable jar
	 * @param options options of the JVM for the application
	 * @param arguments the application's arguments
	 * @return the command
	 * @throws StartupException if the jar can't be run
	 */
	public static JavaCommand command(Path jar, List<String> options, List<String> arguments) {
		ApplicationJar.check(jar);
		return new JavaCommand(JavaCommand.executable(null), options, List.of("-jar", jar.toString()), arguments,
				false);
	}

	private static int runOrdinary(JavaCommand application) throws InterruptedException {
		HeldSignals.release();
		OrdinaryProcess process = OrdinaryProcess.start(application);
		Signals signals = Signals.handle(Map.of("TERM", process::terminate, "INT", process::terminate));
		try {
			return process.await();
		}
		finally {
			signals.close();
		}
	}

}
