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

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.ApplicationFiles;
import io.prefork.launcher.config.JarContent;
import io.prefork.launcher.config.JavaCommand;

/**
 * How an application gets into the layout in which it has to be for an archive of its
 * classes: jars in files of their own, in a place where they stay.
 */
interface ApplicationLayout {

	/**
	 * Look at an application.
	 * @param launch what runs it
	 * @param original the jar that the user starts, if it should be known when it is
	 * started again
	 * @return what has to be done with it
	 * @throws IOException if it can't be read
	 */
	static ApplicationLayout of(List<String> launch, @Nullable OriginalJar original) throws IOException {
		if (launch.get(0).equals("-jar")) {
			Path jar = Path.of(launch.get(1));
			String main = JarContent.mainClass(jar);
			if (ExecutableJar.isOne(main)) {
				return new ExecutableJar(jar, main, original);
			}
		}
		return new PlainJars(ApplicationFiles.of(launch));
	}

	/**
	 * Why the application can't be brought into that layout.
	 * @return the reason, with the remedy; {@code null} if it can be
	 * @throws IOException if it can't be read
	 */
	@Nullable String obstacle() throws IOException;

	/**
	 * The jar by which the application is known when it is started again.
	 * @return the jar; {@code null} if its files have to be read
	 */
	@Nullable OriginalJar original();

	/**
	 * What names the application.
	 * @return a name for a directory, made of all that is in its files
	 * @throws IOException if they can't be read
	 */
	String key() throws IOException;

	/**
	 * Bring the application into that layout.
	 * @param application the command that runs it
	 * @param directory where the layout goes, which must not be there
	 * @throws IOException if that can't be done
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	void make(JavaCommand application, Path directory) throws IOException, InterruptedException;

	/**
	 * What runs the application in that layout.
	 * @param directory where it is
	 * @return {@code -jar} and a jar, or {@code -cp}, a class path and a main class
	 */
	List<String> launch(Path directory);

	/**
	 * What tells that files are there and have not changed.
	 * @param application their directory
	 * @return names, sizes and times, added up
	 * @throws IOException if they can't be looked at
	 */
	static String state(Path application) throws IOException {
		Sha256 sum = new Sha256();
		try (Stream<Path> files = Files.walk(application)) {
			for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
				sum.add("%s %d %s".formatted(application.relativize(file), Files.size(file),
						Files.getLastModifiedTime(file)));
			}
		}
		return sum.hex();
	}

}
