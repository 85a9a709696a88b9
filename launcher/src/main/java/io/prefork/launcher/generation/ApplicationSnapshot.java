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

package io.prefork.launcher.generation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import io.prefork.launcher.config.ClassPath;

/**
 * A copy of an application for the workers of one generation: whoever overwrites,
 * truncates or deletes the original disturbs none of them, and a worker that has to be
 * replaced gets one of the same version. One thread at a time.
 */
final class ApplicationSnapshot implements AutoCloseable {

	private static final String PARENT = "..";

	private final List<FileCopy> copies = new ArrayList<>();

	private Path directory;

	private Function<Path, List<String>> launch = (place) -> List.of();

	private ApplicationSnapshot(Path directory) {
		this.directory = directory;
	}

	/**
	 * Copy an application.
	 * @param launch what to run: {@code -jar} and a jar, or {@code -cp}, a class path and
	 * a main class
	 * @param directory where the copy goes; created
	 * @return the copy
	 * @throws IOException if it can't be copied, or is not whole
	 */
	static ApplicationSnapshot take(List<String> launch, Path directory) throws IOException {
		ApplicationSnapshot snapshot = new ApplicationSnapshot(Files.createDirectories(directory));
		try {
			snapshot.launch = launch.get(0).equals("-jar") ? snapshot.jar(Path.of(launch.get(1)))
					: snapshot.classPath(launch);
			return snapshot;
		}
		catch (IOException | RuntimeException ex) {
			snapshot.close();
			throw ex;
		}
	}

	/**
	 * What to run instead of the original.
	 * @return {@code -jar} and a jar, or {@code -cp}, a class path and a main class
	 */
	List<String> launch() {
		return this.launch.apply(this.directory);
	}

	/**
	 * Copy again what is not there any more, from what was copied, whatever has become of
	 * the original; only directories of classes come from there.
	 * @param directory where the copy has to be
	 * @return whether something was gone
	 * @throws IOException if it can't be copied
	 */
	boolean restore(Path directory) throws IOException {
		this.directory = directory;
		boolean gone = false;
		for (FileCopy copy : this.copies) {
			gone |= copy.restore(directory);
		}
		return gone;
	}

	@Override
	public void close() {
		this.copies.forEach(FileCopy::close);
	}

	private Function<Path, List<String>> jar(Path jar) throws IOException {
		Path copy = copyJar(jar, Path.of(""));
		return (place) -> List.of("-jar", place.resolve(copy).toString());
	}

	private Function<Path, List<String>> classPath(List<String> launch) throws IOException {
		List<Function<Path, String>> entries = new ArrayList<>();
		for (String entry : ClassPath.expand(launch.get(1))) {
			Path original = Path.of(entry);
			if (Files.exists(original)) {
				// Jars of the same name may come from different directories.
				Path place = Path.of(Integer.toString(entries.size()));
				Path copy = isJar(original) ? copyJar(original, place) : copy(original, place.resolve(name(original)));
				entries.add((base) -> base.resolve(copy).toString());
			}
			else {
				entries.add((base) -> entry);
			}
		}
		return (place) -> {
			List<String> copy = new ArrayList<>(launch);
			copy.set(1, String.join(File.pathSeparator, entries.stream().map((entry) -> entry.apply(place)).toList()));
			return copy;
		};
	}

	/**
	 * Copy a jar, and what its manifest's Class-Path names, to where the names still fit.
	 * @param jar the jar
	 * @param place where, below the directory
	 * @return the copy, below the directory
	 * @throws IOException if it can't be copied
	 */
	private Path copyJar(Path jar, Path place) throws IOException {
		List<Path> companions = JarContent.classPath(jar);
		long depth = companions.stream().mapToLong(ApplicationSnapshot::depth).max().orElse(0);
		Path target = place.resolve(String.join("/", Collections.nCopies((int) depth, "d")));
		Path copy = copy(jar, target.resolve(name(jar)));
		for (Path companion : companions) {
			Path original = jar.resolveSibling(companion);
			if (Files.exists(original)) {
				copy(original, target.resolve(companion).normalize());
			}
		}
		return copy;
	}

	private Path copy(Path original, Path relative) throws IOException {
		this.copies.add(FileCopy.of(original, this.directory, relative));
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

}
