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

package io.prefork.launcher.sizing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How many files a process may have open: each connection is one. See getrlimit(2).
 */
public final class FileLimit {

	/**
	 * What a server should be able to open at least.
	 */
	public static final long RECOMMENDED = 4096;

	private static final String LINE = "Max open files";

	private FileLimit() {
	}

	/**
	 * The limit of this process and of those it starts; the JVM has raised it to the hard
	 * limit.
	 * @return the limit, or nothing if there is none or it can't be read
	 */
	public static OptionalLong current() {
		try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
			return limits.filter((line) -> line.startsWith(LINE))
				.map((line) -> line.substring(LINE.length()).strip().split(" ", 2)[0])
				.filter((limit) -> !limit.equals("unlimited"))
				.mapToLong(Long::parseLong)
				.findFirst();
		}
		catch (IOException ex) {
			return OptionalLong.empty();
		}
	}

}
