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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.prefork.launcher.config.JavaCommand;

/**
 * A service that is run to be measured, with its output in a file.
 */
public final class TrialProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private static final int LAST_LINES = 12;

	private final Process process;

	private final Path output;

	private TrialProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * Start it.
	 * @param command the command that starts the service
	 * @param output the file for what it prints
	 * @return the process
	 * @throws IOException if it can't be started
	 */
	public static TrialProcess start(JavaCommand command, Path output) throws IOException {
		ProcessBuilder builder = ChildJvm.of(command)
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.redirectInput(ChildJvm.NO_INPUT);
		return new TrialProcess(builder.start(), output);
	}

	/**
	 * Wait for its end.
	 * @param limit for how long at most
	 * @return whether it has ended
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	public boolean hasEnded(Duration limit) throws InterruptedException {
		return this.process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * What it said last.
	 * @return some lines
	 */
	public String lastWords() {
		try {
			List<String> lines = Files.readAllLines(this.output);
			return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
		}
		catch (IOException ex) {
			return "(%s can't be read: %s)".formatted(this.output, ex.getMessage());
		}
	}

	/**
	 * Stop it, and wait for that, also if the calling thread is interrupted.
	 */
	@Override
	public void close() {
		boolean interrupted = Thread.interrupted();
		this.process.destroy();
		try {
			hasEnded(PATIENCE);
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		if (this.process.isAlive()) {
			ChildJvm.kill(this.process);
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
