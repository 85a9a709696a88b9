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
import java.util.jar.JarFile;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.process.BackgroundRun;
import io.prefork.launcher.process.SmallJvm;

/**
 * An executable jar, which Spring Boot's own tools extract.
 *
 * @param jar the jar
 * @param main its main class
 * @param original the jar that the user starts, if it should be known when it is started
 * again
 */
record ExecutableJar(Path jar, String main, @Nullable OriginalJar original) implements ApplicationLayout {

	/**
	 * What the main classes of the jars begin with whose classes are not found without
	 * Spring Boot's loader.
	 */
	private static final String LOADER = "org.springframework.boot.loader.";

	private static final String MAIN_CLASS = LOADER + "launch.JarLauncher";

	private static final String TOOLS = "BOOT-INF/lib/spring-boot-jarmode-tools-";

	private static final String JAR = "app.jar";

	private static final Duration LIMIT = Duration.ofMinutes(2);

	static boolean isOne(String main) {
		return main.startsWith(LOADER);
	}

	@Override
	public @Nullable String obstacle() throws IOException {
		if (!MAIN_CLASS.equals(this.main)) {
			return "Spring Boot's tools extract no %s whose Main-Class is %s".formatted(this.jar, this.main);
		}
		try (JarFile file = new JarFile(this.jar.toFile())) {
			return file.stream().anyMatch((entry) -> entry.getName().startsWith(TOOLS)) ? null
					: "%s has no spring-boot-jarmode-tools; let it be repackaged with includeTools".formatted(this.jar);
		}
	}

	@Override
	public String key() throws IOException {
		return new Sha256().addContent(this.jar).name();
	}

	@Override
	public void make(JavaCommand application, Path directory) throws IOException, InterruptedException {
		JavaCommand tools = new JavaCommand(application.java(), List.of("-Djarmode=tools"), application.launch(),
				List.of("extract", "--destination", directory.toString(), "--application-filename", JAR), true);
		BackgroundRun.of(SmallJvm.of(tools), Map.of(), LIMIT);
		if (!Files.exists(directory.resolve(JAR))) {
			throw new IOException("Spring Boot's tools have extracted no " + JAR);
		}
	}

	@Override
	public List<String> launch(Path directory) {
		return extracted(directory);
	}

	/**
	 * What runs an application that was extracted.
	 * @param directory where it is
	 * @return {@code -jar} and a jar
	 */
	static List<String> extracted(Path directory) {
		return List.of("-jar", directory.resolve(JAR).toString());
	}

}
