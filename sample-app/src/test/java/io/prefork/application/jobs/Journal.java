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

package io.prefork.application.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Writes down what this process does, into a file of all of them; in which order, the
 * system knows (O_APPEND, see open(2)).
 */
@Component
class Journal {

	private final Path file;

	Journal(Environment environment) {
		this.file = Path.of(environment.getRequiredProperty("journal"));
	}

	void write(String what) {
		try {
			Files.writeString(this.file, "%s %d%n".formatted(what, ProcessHandle.current().pid()),
					StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
