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

package io.prefork.launcher.preload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.prefork.contract.Labels;
import io.prefork.contract.Training;
import io.prefork.launcher.config.JavaCommand;

/**
 * What archives depend on.
 */
final class PreloadKeys {

	/**
	 * Options with which the same archive can be used: an image is not run where it was
	 * built.
	 */
	private static final List<String> INDIFFERENT = List.of("-XX:ActiveProcessorCount=", "-D", "-Xms", "-Xmx", "-Xmn",
			"-Xss");

	private PreloadKeys() {
	}

	/**
	 * What names an archive of an application: the JVM, where it reads the classes, the
	 * options with which it does, and what it was trained with.
	 * @param worker the command of a worker, in the layout that the archive is made for
	 * @param training what the application did meanwhile
	 * @return a name for a file
	 * @throws IOException if the JVM can't be told
	 */
	static String ofArchive(JavaCommand worker, Training training) throws IOException {
		Sha256 sum = new Sha256().add(ofJvm(worker.java()));
		Stream.concat(worker.launch().stream(), worker.options().stream().filter(PreloadKeys::matters))
			.forEach(sum::add);
		sum.add(Labels.of(training));
		return sum.name();
	}

	/**
	 * What names a JVM.
	 * @param command its {@code java} command
	 * @return a name for a file
	 * @throws IOException if it can't be told
	 */
	static String ofJvm(Path command) throws IOException {
		Path java = command.toRealPath();
		Sha256 sum = new Sha256().add(java.toString());
		Path home = java.resolveSibling("..").normalize();
		for (Path file : List.of(home.resolve("release"), home.resolve("lib/server/libjvm.so"))) {
			if (Files.exists(file)) {
				sum.add("%s %d %s".formatted(file, Files.size(file), Files.getLastModifiedTime(file)));
			}
		}
		return sum.name();
	}

	private static boolean matters(String option) {
		return INDIFFERENT.stream().noneMatch(option::startsWith);
	}

}
