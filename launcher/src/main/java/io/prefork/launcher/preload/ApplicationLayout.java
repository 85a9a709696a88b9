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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.process.BackgroundRun;
import io.prefork.launcher.process.SmallJvm;

/**
 * The layout in which an application has to be for an archive of its classes: jars in
 * files of their own, which is what Spring Boot's tools make of an executable jar.
 */
final class ApplicationLayout {

	private static final String EXECUTABLE_JAR = "org.springframework.boot.loader.launch.JarLauncher";

	private static final String TOOLS = "BOOT-INF/lib/spring-boot-jarmode-tools-";

	private static final String JAR = "app.jar";

	private static final Duration LIMIT = Duration.ofMinutes(2);

	private ApplicationLayout() {
	}

	/**
	 * Why an application can't be brought into that layout.
	 * @param launch what runs it
	 * @return the reason, with the remedy; {@code null} if it can be
	 * @throws IOException if it can't be read
	 */
	static @Nullable String obstacle(List<String> launch) throws IOException {
		if (!launch.get(0).equals("-jar")) {
			return "the application is started from a class path, and not from an executable jar";
		}
		try (JarFile jar = new JarFile(launch.get(1))) {
			Manifest manifest = jar.getManifest();
			String main = (manifest != null) ? manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS) : null;
			if (!EXECUTABLE_JAR.equals(main)) {
				return "%s is no executable jar of Spring Boot: its Main-Class is %s".formatted(launch.get(1), main);
			}
			return jar.stream().anyMatch((entry) -> entry.getName().startsWith(TOOLS)) ? null
					: "%s has no spring-boot-jarmode-tools; let it be repackaged with includeTools"
						.formatted(launch.get(1));
		}
	}

	/**
	 * Bring an application into that layout.
	 * @param application the command that runs it
	 * @param directory where the layout goes, which must not be there
	 * @throws IOException if that can't be done
	 * @throws InterruptedException if the calling thread is interrupted
	 */
	static void extract(JavaCommand application, Path directory) throws IOException, InterruptedException {
		JavaCommand tools = new JavaCommand(application.java(), List.of("-Djarmode=tools"), application.launch(),
				List.of("extract", "--destination", directory.toString(), "--application-filename", JAR), true);
		BackgroundRun.of(SmallJvm.of(tools), Map.of(), LIMIT);
		if (!Files.exists(directory.resolve(JAR))) {
			throw new IOException("Spring Boot's tools have extracted no " + JAR);
		}
	}

	/**
	 * What runs an application in that layout.
	 * @param directory where it is
	 * @return {@code -jar} and a jar
	 */
	static List<String> launch(Path directory) {
		return List.of("-jar", directory.resolve(JAR).toString());
	}

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
