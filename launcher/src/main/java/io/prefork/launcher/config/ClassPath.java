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

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A class path as the user writes it, whose wildcards stand for all jars of a directory,
 * see java(1).
 */
public final class ClassPath {

	private static final String WILDCARD = "*";

	private ClassPath() {
	}

	/**
	 * The entries of a class path, with jars in place of wildcards, sorted by name.
	 * @param classPath the class path
	 * @return the entries
	 * @throws IOException if a directory can't be read
	 */
	public static List<String> expand(String classPath) throws IOException {
		List<String> entries = new ArrayList<>();
		for (String entry : List.of(classPath.split(File.pathSeparator, -1))) {
			if (isWildcard(entry)) {
				entries.addAll(jars(Path.of(entry.substring(0, entry.length() - 1))));
			}
			else {
				entries.add(entry);
			}
		}
		return entries;
	}

	/**
	 * Whether a class path has wildcards.
	 * @param classPath the class path
	 * @return {@code true} if it has
	 */
	public static boolean hasWildcards(String classPath) {
		return List.of(classPath.split(File.pathSeparator, -1)).stream().anyMatch(ClassPath::isWildcard);
	}

	private static boolean isWildcard(String entry) {
		return entry.equals(WILDCARD) || entry.endsWith(File.separator + WILDCARD);
	}

	private static List<String> jars(Path directory) throws IOException {
		if (!Files.isDirectory(directory)) {
			return List.of();
		}
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.{jar,JAR}")) {
			List<String> jars = new ArrayList<>();
			files.forEach((file) -> jars.add(file.toString()));
			return jars.stream().sorted().toList();
		}
	}

}
