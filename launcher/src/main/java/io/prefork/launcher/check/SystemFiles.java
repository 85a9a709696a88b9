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

package io.prefork.launcher.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the system tells about itself in files; see proc(5), sysfs(5) and cgroups(7).
 *
 * @param root the root of the file system
 */
public record SystemFiles(Path root) {

	/**
	 * Those of this machine.
	 * @return the files
	 */
	public static SystemFiles current() {
		return new SystemFiles(Path.of("/"));
	}

	/**
	 * The lines of a file.
	 * @param file its path below the root
	 * @return the lines; none if it can't be read
	 */
	List<String> lines(String file) {
		// Read in one go: a second read of a number below /proc/sys finds the end.
		try (BufferedReader reader = Files.newBufferedReader(this.root.resolve(file));
				Stream<String> lines = reader.lines()) {
			return lines.toList();
		}
		catch (IOException | RuntimeException ex) {
			return List.of();
		}
	}

	/**
	 * The first line of a file.
	 * @param file its path below the root
	 * @return the line; empty if it can't be read
	 */
	String line(String file) {
		return lines(file).stream().findFirst().orElse("");
	}

	/**
	 * The number in a file.
	 * @param file its path below the root
	 * @return the number; nothing if there is none or it can't be read
	 */
	public OptionalLong number(String file) {
		return parse(line(file));
	}

	/**
	 * The number that follows a word at the begin of a line.
	 * @param file the path of the file below the root
	 * @param word the word
	 * @return the number; nothing if there is none
	 */
	OptionalLong number(String file, String word) {
		return lines(file).stream()
			.filter((line) -> line.startsWith(word))
			.map((line) -> parse(line.substring(word.length()).strip().split("\\s", 2)[0]))
			.findFirst()
			.orElse(OptionalLong.empty());
	}

	private static OptionalLong parse(String text) {
		try {
			return OptionalLong.of(Long.parseLong(text.strip()));
		}
		catch (NumberFormatException ex) {
			return OptionalLong.empty();
		}
	}

}
