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

package io.prefork.launcher.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.ExitCodes;

/**
 * A command line that starts the application in a JVM.
 *
 * @param java the {@code java} executable
 * @param options JVM options
 * @param launch what to run: {@code -jar app.jar}, or a class path and a main class
 * @param arguments the application's arguments
 * @param expanded whether {@code options} already hold what {@code JAVA_TOOL_OPTIONS} and
 * the like say, so that a process started from this must not see these variables again
 */
public record JavaCommand(Path java, List<String> options, List<String> launch, List<String> arguments,
		boolean expanded) {

	public JavaCommand {
		options = List.copyOf(options);
		launch = List.copyOf(launch);
		arguments = List.copyOf(arguments);
	}

	/**
	 * The {@code java} executable of an installation.
	 * @param javaHome the installation; {@code null} for the one that runs this process
	 * @return the executable
	 * @throws StartupException if there is none
	 */
	public static Path executable(@Nullable Path javaHome) {
		Path home = (javaHome != null) ? javaHome : Path.of(System.getProperty("java.home"));
		Path java = home.resolve("bin").resolve("java");
		if (!Files.isExecutable(java)) {
			throw new StartupException(ExitCodes.USAGE,
					"There is no executable %s; set prefork.jvm.java-home to a Java installation".formatted(java));
		}
		return java;
	}

	/**
	 * The same command on another Java installation.
	 * @param javaHome the installation
	 * @return the command
	 * @throws StartupException if there is no such installation
	 */
	public JavaCommand withJavaHome(Path javaHome) {
		return new JavaCommand(executable(javaHome), this.options, this.launch, this.arguments, this.expanded);
	}

	/**
	 * The same application from another place.
	 * @param launch what to run, see {@link #launch}
	 * @return the command
	 */
	public JavaCommand withLaunch(List<String> launch) {
		return new JavaCommand(this.java, this.options, launch, this.arguments, this.expanded);
	}

	/**
	 * The same with other JVM options.
	 * @param options the options
	 * @return the command
	 */
	public JavaCommand withOptions(List<String> options) {
		return new JavaCommand(this.java, options, this.launch, this.arguments, this.expanded);
	}

	/**
	 * The command as a process builder takes it.
	 * @return the executable and its arguments
	 */
	public List<String> toList() {
		List<String> command = new ArrayList<>();
		command.add(this.java.toString());
		command.addAll(this.options);
		command.addAll(this.launch);
		command.addAll(this.arguments);
		return command;
	}

}
