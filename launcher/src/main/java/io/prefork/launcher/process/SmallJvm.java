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

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.prefork.launcher.config.JavaCommand;

/**
 * A JVM that serves nobody: one thread collects its garbage, and code is compiled quickly
 * rather than well. It takes a third of the CPU time until the application's settings are
 * known, and half of the memory.
 */
public final class SmallJvm {

	private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

	/**
	 * There can be one collector only, see java(1).
	 */
	private static final Pattern COLLECTOR = Pattern.compile("-XX:[+-]Use\\w*GC");

	/**
	 * A small heap that gives back what it does not need.
	 */
	private static final List<String> MASTER = List.of("-Xms8m", "-Xmn4m", "-Xmx128m", "-XX:MinHeapFreeRatio=10",
			"-XX:MaxHeapFreeRatio=30");

	private SmallJvm() {
	}

	/**
	 * The command of a master that only supervises: of the options of the application
	 * those that it reads itself, and not those of its JVM.
	 * @param application the command that starts the application
	 * @return the command
	 */
	public static JavaCommand master(JavaCommand application) {
		List<String> options = new ArrayList<>(MASTER);
		application.options()
			.stream()
			.filter((option) -> option.startsWith("-D") || option.startsWith("--"))
			.forEach(options::add);
		return WorkerOptions.question(application.withOptions(options));
	}

	/**
	 * Run a command in such a JVM.
	 * @param command the command
	 * @return the command with other options
	 */
	public static JavaCommand of(JavaCommand command) {
		List<String> options = new ArrayList<>(
				command.options().stream().filter((option) -> !COLLECTOR.matcher(option).matches()).toList());
		options.addAll(OPTIONS);
		return command.withOptions(options);
	}

}
