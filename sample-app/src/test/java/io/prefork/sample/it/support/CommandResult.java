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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What a command has printed, on standard output and standard error, and how it has
 * ended.
 *
 * @param exitCode its exit code
 * @param output what it has printed
 */
public record CommandResult(int exitCode, String output) {

	/**
	 * The launcher.
	 * @return its executable jar
	 */
	public static Path launcher() {
		return PreforkServiceBuilder.launcher();
	}

	/**
	 * Run a command of the launcher to its end.
	 * @param args its name and its arguments
	 * @return what it has printed
	 */
	public static CommandResult ofPrefork(String... args) {
		List<String> line = JavaCommand.shortLived("-jar", launcher().toString());
		line.addAll(List.of(args));
		return of(line.toArray(String[]::new));
	}

	/**
	 * Run a command to its end.
	 * @param line the command line
	 * @return what it has printed
	 */
	public static CommandResult of(String... line) {
		try {
			Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return new CommandResult(process.waitFor(), output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted in " + String.join(" ", line), ex);
		}
	}

}
