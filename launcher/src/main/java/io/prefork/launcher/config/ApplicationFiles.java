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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * The files that the command of an application names, and where copies of them have to be
 * for it to be run from there.
 */
public final class ApplicationFiles {

	private static final String PARENT = "..";

	private final List<Entry> entries = new ArrayList<>();

	private final Function<Path, List<String>> launch;

	private ApplicationFiles(List<String> launch) throws IOException {
		this.launch = launch.get(0).equals("-jar") ? jar(Path.of(launch.get(1))) : classPath(launch);
	}

	/**
	 * Look at what a command runs.
	 * @param launch {@code -jar} and a jar, or {@code -cp}, a class path and a main class
	 * @return its files
	 * @throws IOException if a jar can't be read, or is not whole
	 */
	public static ApplicationFiles of(List<String> launch) throws IOException {
		return new ApplicationFiles(launch);
	}

	/**
	 * The files and directories, in the order in which the command names them.
	 * @return the entries; none for what is not there
	 */
	public List<Entry> entries() {
		return List.copyOf(this.entries);
	}

	/**
	 * What to run instead of the original when all has been copied.
	 * @param directory where the copies are
	 * @return {@code -jar} and a jar, or {@code -cp}, a class path and a main class
	 */
	public List<String> launch(Path directory) {
		return this.launch.apply(directory);
	}

	private Function<Path, List<String>> jar(Path jar) throws IOException {
		Path copy = addJar(jar, Path.of(""));
		return (directory) -> List.of("-jar", directory.resolve(copy).toString());
	}

	private Function<Path, List<String>> classPath(List<String> launch) throws IOException {
		List<Function<Path, String>> copies = new ArrayList<>();
		for (String entry : ClassPath.expand(launch.get(1))) {
			Path original = Path.of(entry);
			if (Files.exists(original)) {
				// Jars of the same name may come from different directories.
				Path place = Path.of(Integer.toString(copies.size()));
				Path copy = isJar(original) ? addJar(original, place) : add(original, place.resolve(name(original)));
				copies.add((directory) -> directory.resolve(copy).toString());
			}
			else {
				copies.add((directory) -> entry);
			}
		}
		return (directory) -> {
			List<String> copy = new ArrayList<>(launch);
			copy.set(1,
					String.join(File.pathSeparator, copies.stream().map((entry) -> entry.apply(directory)).toList()));
			return copy;
		};
	}

	/**
	 * Add a jar, and what its manifest's Class-Path names, where the names still fit.
	 * @param jar the jar
	 * @param place where, below the directory
	 * @return the copy, below the directory
	 * @throws IOException if it can't be read
	 */
	private Path addJar(Path jar, Path place) throws IOException {
		List<Path> companions = JarContent.classPath(jar);
		long depth = companions.stream().mapToLong(ApplicationFiles::depth).max().orElse(0);
		Path target = place.resolve(String.join("/", Collections.nCopies((int) depth, "d")));
		Path copy = add(jar, target.resolve(name(jar)));
		for (Path companion : companions) {
			Path original = jar.resolveSibling(companion);
			if (Files.exists(original)) {
				add(original, target.resolve(companion).normalize());
			}
		}
		return copy;
	}

	private Path add(Path original, Path relative) {
		this.entries.add(new Entry(original, relative));
		return relative;
	}

	private static boolean isJar(Path file) {
		return Files.isRegularFile(file) && file.toString().endsWith(".jar");
	}

	private static long depth(Path path) {
		long depth = 0;
		while (depth < path.getNameCount() && path.getName((int) depth).toString().equals(PARENT)) {
			depth++;
		}
		return depth;
	}

	private static String name(Path file) {
		Path name = file.getFileName();
		return (name != null) ? name.toString() : "root";
	}

	/**
	 * A file, or a directory with all that is in it.
	 *
	 * @param original where it is
	 * @param copy where its copy has to be, relative to the directory of all copies
	 */
	public record Entry(Path original, Path copy) {

	}

}
