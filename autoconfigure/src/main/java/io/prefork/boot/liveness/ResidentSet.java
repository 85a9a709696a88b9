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

package io.prefork.boot.liveness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The resident set of this process, see proc(5).
 */
final class ResidentSet {

	private static final Path STATUS = Path.of("/proc/self/status");

	private static final String NAME = "VmRSS:";

	private static final int KIBI = 1024;

	private ResidentSet() {
	}

	/**
	 * Read the size.
	 * @return the size in bytes; 0 if it can't be read
	 */
	static long bytes() {
		try {
			return Files.readAllLines(STATUS)
				.stream()
				.filter((line) -> line.startsWith(NAME))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBI)
				.findFirst()
				.orElse(0);
		}
		catch (IOException ex) {
			return 0;
		}
	}

}
