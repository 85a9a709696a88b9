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
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A copy of an application for the workers of one generation: whoever overwrites,
 * truncates or deletes the original disturbs none of them, and a worker that has to be
 * replaced gets one of the same version.
 */
final class ApplicationSnapshot {

	private static final String PARENT = "..";

	private final Path directory;

	private ApplicationSnapshot(Path directory) {
		this.directory = directory;
	}

	/**
	 * Copy an application.
	 * @param launch what to run: {@code -jar} and a jar, or {@code -cp}, a class path and
	 * a main class
	 * @param directory where the copy goes; created
	 * @return what to run instead
	 * @throws IOException if it can't be copied, or is not whole
	 */
	static List<String> take(List<String> launch, Path directory) throws IOException {
		ApplicationSnapshot snapshot = new ApplicationSnapshot(Files.createDirectories(directory));
		if (launch.get(0).equals("-jar")) {
			return List.of("-jar", snapshot.executable(Path.of(launch.get(1))).toString());
		}
		List<String> copy = new ArrayList<>(launch);
		copy.set(1, snapshot.classPath(launch.get(1)));
		return copy;
	}

	/**
	 * Copy a jar, and what its manifest's Class-Path names, to where the names still fit.
	 * @param jar the jar
	 * @return the copy
	 * @throws IOException if it can't be copied
	 */
	private Path executable(Path jar) throws IOException {
		List<Path> companions = companions(jar);
		long depth = companions.stream().mapToLong(ApplicationSnapshot::depth).max().orElse(0);
		Path target = this.directory.resolve(String.join("/", Collections.nCopies((int) depth, "d")));
		Path copy = copyFile(jar, target.resolve(name(jar)));
		for (Path companion : companions) {
			Path original = jar.resolveSibling(companion);
			if (Files.exists(original)) {
				copy(original, target.resolve(companion).normalize());
			}
		}
		return copy;
	}

	private String classPath(String classPath) throws IOException {
		List<String> copies = new ArrayList<>();
		for (String entry : List.of(classPath.split(File.pathSeparator, -1))) {
			Path original = Path.of(entry);
			// Jars of the same name may come from different directories.
			Path target = this.directory.resolve(Integer.toString(copies.size())).resolve(name(original));
			copies.add(Files.exists(original) ? copy(original, target).toString() : entry);
		}
		return String.join(File.pathSeparator, copies);
	}

	private static Path copy(Path original, Path target) throws IOException {
		return Files.isDirectory(original) ? copyTree(original, target) : copyFile(original, target);
	}

	private static Path copyTree(Path original, Path target) throws IOException {
		try (Stream<Path> files = Files.walk(original)) {
			for (Path file : files.toList()) {
				Path copy = target.resolve(original.relativize(file).toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(copy);
				}
				else {
					Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
				}
			}
		}
		return target;
	}

	private static Path copyFile(Path original, Path target) throws IOException {
		Files.createDirectories(target.getParent());
		Object before = version(original);
		// Times are kept: class archives are rejected for jars with other times.
		Files.copy(original, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
		if (!before.equals(version(original))) {
			throw new IOException(original + " changes while it is copied; try again when it is complete");
		}
		if (target.toString().endsWith(".jar")) {
			checkWhole(original, target);
		}
		return target;
	}

	private static void checkWhole(Path original, Path copy) throws IOException {
		try (JarFile jar = new JarFile(copy.toFile())) {
			jar.getManifest();
		}
		catch (IOException ex) {
			throw new IOException("%s is not a whole jar: %s".formatted(original, ex.getMessage()), ex);
		}
	}

	private static List<Path> companions(Path jar) throws IOException {
		try (JarFile file = new JarFile(jar.toFile())) {
			Manifest manifest = file.getManifest();
			String classPath = (manifest != null) ? manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH)
					: null;
			return (classPath != null) ? Stream.of(classPath.split(" "))
				.filter((entry) -> !entry.isBlank() && !entry.contains(":") && !entry.startsWith("/"))
				.map((entry) -> Path.of(entry).normalize())
				.toList() : List.of();
		}
		catch (IOException ex) {
			throw new IOException("%s is not a whole jar: %s".formatted(jar, ex.getMessage()), ex);
		}
	}

	private static long depth(Path path) {
		return Stream
			.iterate(path, (at) -> at != null && at.startsWith(PARENT),
					(at) -> (at.getNameCount() > 1) ? at.subpath(1, at.getNameCount()) : null)
			.count();
	}

	private static Object version(Path file) throws IOException {
		return Files.readAttributes(file, "size,lastModifiedTime");
	}

	private static String name(Path file) {
		Path name = file.getFileName();
		return (name != null) ? name.toString() : "root";
	}

}
