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

package io.prefork.launcher.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.log.MasterLog;

/**
 * The working directory of this process, under the name that it was entered by: a
 * symbolic link may point to another release by now. Thread-safe.
 */
public final class WorkingDirectory {

	private static final WorkingDirectory CURRENT = new WorkingDirectory(
			Path.of(System.getProperty("user.dir")).toAbsolutePath(), System.getenv());

	private final AtomicBoolean warned = new AtomicBoolean();

	private final Path name;

	/**
	 * Create a working directory.
	 * @param directory its path without symbolic links
	 * @param environment the environment variables; {@code PWD} may have the other name,
	 * see environ(7)
	 */
	WorkingDirectory(Path directory, Map<String, String> environment) {
		this.name = name(directory, environment.get("PWD"));
	}

	/**
	 * The working directory of this process.
	 * @return the directory
	 */
	public static WorkingDirectory current() {
		return CURRENT;
	}

	/**
	 * Where a path leads that may be relative.
	 * @param path the path
	 * @return the absolute path
	 */
	public Path resolve(String path) {
		return this.name.resolve(path);
	}

	/**
	 * The same with absolute paths.
	 * @param launch {@code -jar} and a jar, or {@code -cp}, a class path and a main class
	 * @return what can be run from anywhere
	 */
	public List<String> resolve(List<String> launch) {
		// The name of a jar may contain what separates the entries of a class path.
		List<String> paths = launch.get(0).equals("-jar") ? List.of(launch.get(1))
				: List.of(launch.get(1).split(File.pathSeparator, -1));
		List<String> absolute = new ArrayList<>(launch);
		absolute.set(1,
				paths.stream().map((path) -> resolve(path).toString()).collect(Collectors.joining(File.pathSeparator)));
		return absolute;
	}

	/**
	 * Where processes can be started, which a JVM can't in a directory that was removed.
	 * @return the directory, or the root of the file system if it is gone; the log says
	 * so once
	 */
	Path existing() {
		if (Files.isDirectory(this.name)) {
			return this.name;
		}
		if (this.warned.compareAndSet(false, true)) {
			new MasterLog().warn(("the working directory %s is gone: from now on processes are started in %s, which "
					+ "is where relative paths lead")
				.formatted(this.name, this.name.getRoot()));
		}
		return this.name.getRoot();
	}

	private static Path name(Path directory, @Nullable String logical) {
		try {
			return (logical != null && Path.of(logical).isAbsolute() && Files.isSameFile(Path.of(logical), directory))
					? Path.of(logical) : directory;
		}
		catch (IOException | IllegalArgumentException ex) {
			return directory;
		}
	}

}
