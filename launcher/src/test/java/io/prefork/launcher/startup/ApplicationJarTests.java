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

package io.prefork.launcher.startup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.supervisor.ExitCodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link ApplicationJar}.
 */
class ApplicationJarTests {

	private static final Map<String, String> MAIN = Map.of("Main-Class", "org.example.Main");

	private static final String NESTED = "BOOT-INF/lib/prefork-spring-boot-autoconfigure-1.0.jar";

	@Test
	void whenStarterIsNestedThenJarIsFine(@TempDir Path directory) throws IOException {
		Path jar = jar(directory, MAIN, List.of("org/example/Main.class", NESTED));

		assertThatNoException().isThrownBy(() -> ApplicationJar.check(jar));
	}

	@Test
	void whenStarterIsOnTheClassPathOfTheManifestThenJarIsFine(@TempDir Path directory) throws IOException {
		Path jar = jar(directory, Map.of("Main-Class", "org.example.Main", "Class-Path",
				"lib/a.jar lib/prefork-spring-boot-autoconfigure-1.0.jar"), List.of("org/example/Main.class"));

		assertThatNoException().isThrownBy(() -> ApplicationJar.check(jar));
	}

	@Test
	void whenStarterIsMergedInThenJarIsFine(@TempDir Path directory) throws IOException {
		Path jar = jar(directory, MAIN, List.of("org/example/Main.class", "io/prefork/boot/"));

		assertThatNoException().isThrownBy(() -> ApplicationJar.check(jar));
	}

	@Test
	void whenFileIsMissingThenTheMessageNamesIt(@TempDir Path directory) {
		assertThatCheckFails(directory.resolve("app.jar")).withMessage("%s/app.jar is not a file that user %s can read",
				directory, System.getProperty("user.name"));
		assertThatCheckFails(directory).withMessageContaining("is not a file");
	}

	@Test
	void whenFileIsNoJarThenItIsSaid(@TempDir Path directory) throws IOException {
		Path text = Files.writeString(directory.resolve("app.jar"), "Hello");

		assertThatCheckFails(text).withMessageStartingWith("%s is not a readable jar: ", text);
	}

	@Test
	void whenJarHasNoMainClassThenTheMessageSaysHowToBuildOne(@TempDir Path directory) throws IOException {
		Path jar = jar(directory, Map.of(), List.of(NESTED));

		assertThatCheckFails(jar).withMessageContaining("has no Main-Class").withMessageContaining("bootJar");
	}

	@Test
	void whenJarHasNoManifestThenItHasNoMainClass(@TempDir Path directory) throws IOException {
		Path jar = directory.resolve("app.jar");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			out.putNextEntry(new ZipEntry(NESTED));
		}

		assertThatCheckFails(jar).withMessageContaining("has no Main-Class");
	}

	@Test
	void whenStarterIsMissingThenTheMessageNamesIt(@TempDir Path directory) throws IOException {
		Path jar = jar(directory, MAIN, List.of("BOOT-INF/lib/other.jar"));

		assertThatCheckFails(jar).withMessage(
				"%s does not contain the starter; " + "add io.prefork:prefork-spring-boot-starter to its dependencies",
				jar);
	}

	private static ThrowableAssertAlternative<StartupException> assertThatCheckFails(Path jar) {
		return assertThatExceptionOfType(StartupException.class).isThrownBy(() -> ApplicationJar.check(jar))
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCodes.USAGE));
	}

	private static Path jar(Path directory, Map<String, String> attributes, List<String> entries) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		attributes.forEach(manifest.getMainAttributes()::putValue);
		Path jar = directory.resolve("app.jar");
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream out = new JarOutputStream(file, manifest)) {
			for (String entry : entries) {
				out.putNextEntry(new ZipEntry(entry));
			}
		}
		return jar;
	}

}
