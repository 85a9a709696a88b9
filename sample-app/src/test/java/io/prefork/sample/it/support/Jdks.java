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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the JDKs installed on this machine.
 */
public final class Jdks {

	private static final Path INSTALLED = Path.of("/usr/lib/jvm");

	private static final Pattern VERSION = Pattern.compile("^JAVA_VERSION=\"(?:1\\.)?(\\d+)", Pattern.MULTILINE);

	private Jdks() {
	}

	/**
	 * Find the oldest JDK that is at least of that version.
	 * @param feature the feature number, such as 25
	 * @return its home directory
	 */
	public static Optional<Path> atLeast(int feature) {
		return all().tailMap(feature).values().stream().findFirst();
	}

	/**
	 * Find all JDKs, the running one included, one for each feature number.
	 * @return home directories by feature number
	 */
	public static SortedMap<Integer, Path> all() {
		SortedMap<Integer, Path> found = in(INSTALLED);
		found.put(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
		return found;
	}

	/**
	 * Find all JDKs.
	 * @return their home directories, for parameterized tests
	 */
	public static Stream<Path> homes() {
		return all().values().stream();
	}

	static SortedMap<Integer, Path> in(Path directory) {
		SortedMap<Integer, Path> found = new TreeMap<>();
		if (!Files.isDirectory(directory)) {
			return found;
		}
		try (DirectoryStream<Path> homes = Files.newDirectoryStream(directory, Jdks::isHome)) {
			for (Path home : homes) {
				Path real = home.toRealPath();
				feature(real).ifPresent((feature) -> found.merge(feature, real, Jdks::first));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found;
	}

	private static boolean isHome(Path home) {
		return Files.isReadable(home.resolve("release")) && Files.isExecutable(home.resolve("bin/java"));
	}

	private static Path first(Path one, Path other) {
		return (one.compareTo(other) <= 0) ? one : other;
	}

	private static Optional<Integer> feature(Path home) throws IOException {
		Matcher matcher = VERSION.matcher(Files.readString(home.resolve("release")));
		return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
	}

}
