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

package io.prefork.sample.it.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * Programs of the machine that tests need, and that may be missing.
 */
public final class Programs {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private Programs() {
	}

	/**
	 * Find a program, or skip the test.
	 * @param name its name
	 * @return the program
	 */
	public static Path installed(String name) {
		Optional<Path> path = Stream.of(System.getenv("PATH").split(":", -1))
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst();
		Assumptions.assumeTrue(path.isPresent(), "%s is not installed".formatted(name));
		return path.orElseThrow();
	}

	/**
	 * Start a program.
	 * @param log the file for what it prints
	 * @param line program and arguments
	 * @return the program
	 * @throws IOException if it can't be started
	 */
	public static Process start(Path log, String... line) throws IOException {
		return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
	}

	/**
	 * End a program, and wait for that; if it takes too long, at once.
	 * @param process the program
	 */
	public static void end(Process process) {
		process.destroy();
		try {
			if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
