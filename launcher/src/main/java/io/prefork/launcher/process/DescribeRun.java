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
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.prefork.contract.WorkerIdentity;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.log.Wording;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.protocol.Frames;
import io.prefork.protocol.Message;
import io.prefork.protocol.ProtocolException;

/**
 * Asks an application for its settings: its JVM is started, resolves configuration files,
 * profiles and arguments, reports, and ends before any context is created.
 */
public final class DescribeRun {

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private DescribeRun() {
	}

	/**
	 * Describe an application.
	 * @param application the command that starts it
	 * @return its resolved settings
	 * @throws StartupException if the application does not answer
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public static Message.Described of(JavaCommand application) throws InterruptedException {
		try {
			Path report = Files.createTempFile("prefork-describe", null);
			try {
				return run(application, report);
			}
			finally {
				Files.delete(report);
			}
		}
		catch (IOException | ProtocolException ex) {
			throw new StartupException(ExitCodes.USAGE, "The application can't be asked for its settings: " + ex, ex);
		}
	}

	private static Message.Described run(JavaCommand application, Path report)
			throws IOException, InterruptedException {
		ProcessBuilder builder = ChildJvm.of(WorkerOptions.question(application)).inheritIO();
		builder.environment().put(WorkerIdentity.DESCRIBE_VARIABLE, report.toString());
		Process process = builder.start();
		if (!hasEnded(process)) {
			throw new StartupException(ExitCodes.USAGE, ("The application did not report its settings within %d s; "
					+ "does its main method call SpringApplication.run?")
				.formatted(LIMIT.toSeconds()));
		}
		try (FileChannel channel = FileChannel.open(report)) {
			if (process.exitValue() == 0 && Frames.read(channel) instanceof Message.Described described) {
				return described;
			}
		}
		throw new StartupException(ExitCodes.USAGE,
				"The application %s before it reported its settings; its output above says why"
					.formatted(Wording.of(ExitValue.of(process.exitValue()))));
	}

	private static boolean hasEnded(Process process) throws InterruptedException {
		try {
			return process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
