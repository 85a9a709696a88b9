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

package io.prefork.launcher.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.sizing.Machine;

/**
 * What is measured, and on what: results of two different ones can't be compared.
 *
 * @param jar the application's jar
 * @param size its length in bytes
 * @param modified when it was written
 * @param command how it is started
 * @param java the version of Java
 * @param cpus the number of CPUs
 * @param memory the memory in bytes
 */
public record Subject(String jar, long size, Instant modified, List<String> command, String java, int cpus,
		long memory) {

	public Subject {
		command = List.copyOf(command);
	}

	/**
	 * Describe an application on this machine.
	 * @param jar the application's jar
	 * @param command how it is started
	 * @return the subject
	 * @throws IOException if the jar can't be read
	 */
	public static Subject of(Path jar, JavaCommand command) throws IOException {
		Machine machine = Machine.current();
		return new Subject(jar.toString(), Files.size(jar), Files.getLastModifiedTime(jar).toInstant(),
				command.toList(), System.getProperty("java.version"), machine.cpus(), machine.memory());
	}

}
