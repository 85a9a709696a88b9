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

package io.prefork.boot.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.prefork.contract.RunDirectoryFiles;

/**
 * The paths with which the workers to come warm up, as those that serve have written them
 * down. Whoever writes last is right: all workers serve the same.
 */
public final class LearnedPaths {

	private static final Log logger = LogFactory.getLog(LearnedPaths.class);

	private LearnedPaths() {
	}

	/**
	 * Write them down.
	 * @param runDirectory the master's run directory
	 * @param paths the paths, the most frequent first
	 */
	public static void write(Path runDirectory, List<String> paths) {
		try {
			Files.write(RunDirectoryFiles.pathsIn(runDirectory), paths);
		}
		catch (IOException ex) {
			logger.debug("The paths for warming up could not be written", ex);
		}
	}

	/**
	 * Find those to warm up with.
	 * @param runDirectory the master's run directory
	 * @param given those that the user gives
	 * @return the given ones and the others
	 */
	public static List<String> and(Path runDirectory, List<String> given) {
		try {
			Stream<String> learned = Files.readAllLines(RunDirectoryFiles.pathsIn(runDirectory))
				.stream()
				.filter((path) -> path.startsWith("/"));
			return Stream.concat(given.stream(), learned).distinct().toList();
		}
		catch (NoSuchFileException ex) {
			return given;
		}
		catch (IOException ex) {
			logger.debug("The paths for warming up could not be read", ex);
			return given;
		}
	}

}
