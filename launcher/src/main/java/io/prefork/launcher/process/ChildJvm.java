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

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.ServiceManagerVariables;

/**
 * What all JVMs have in common that the master starts for the application.
 */
final class ChildJvm {

	static final List<String> OPTION_VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

	/**
	 * The standard input of a JVM to which nobody says anything.
	 */
	static final Redirect NO_INPUT = Redirect.from(Path.of("/dev/null").toFile());

	private ChildJvm() {
	}

	/**
	 * Begin to start one, in the working directory. What is the master's own is taken
	 * from its environment: the options that are in the command already, the service
	 * manager, its predecessor.
	 * @param command what it runs
	 * @return the process, to be started
	 */
	static ProcessBuilder of(JavaCommand command) {
		ProcessBuilder builder = new ProcessBuilder(command.toList());
		builder.directory(WorkingDirectory.current().existing().toFile());
		if (command.expanded()) {
			builder.environment().keySet().removeAll(OPTION_VARIABLES);
		}
		ServiceManagerVariables.removeFrom(builder.environment());
		Successor.removeFrom(builder.environment());
		FirstJvm.removeFrom(builder.environment());
		return builder;
	}

	/**
	 * End one at once, with what it has started.
	 * @param process its process
	 */
	static void kill(Process process) {
		process.descendants().forEach(ProcessHandle::destroyForcibly);
		process.destroyForcibly();
	}

}
