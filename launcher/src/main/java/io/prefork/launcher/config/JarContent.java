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

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Looks into jars.
 */
public final class JarContent {

	private JarContent() {
	}

	/**
	 * What a jar's manifest has in its Class-Path, as far as it says where beside the jar
	 * that is.
	 * @param jar the jar
	 * @return the paths, relative to the jar's directory
	 * @throws IOException if the jar can't be read
	 */
	static List<Path> classPath(Path jar) throws IOException {
		return Stream.of(attribute(jar, Attributes.Name.CLASS_PATH).split(" "))
			.filter((entry) -> !entry.isBlank() && !entry.contains(":") && !entry.startsWith("/"))
			.map((entry) -> Path.of(entry).normalize())
			.toList();
	}

	/**
	 * What a jar's manifest has as its Main-Class.
	 * @param jar the jar
	 * @return the class; empty if there is none
	 * @throws IOException if the jar can't be read
	 */
	public static String mainClass(Path jar) throws IOException {
		return attribute(jar, Attributes.Name.MAIN_CLASS);
	}

	private static String attribute(Path jar, Attributes.Name name) throws IOException {
		try (JarFile file = new JarFile(jar.toFile())) {
			Manifest manifest = file.getManifest();
			String value = (manifest != null) ? manifest.getMainAttributes().getValue(name) : null;
			return Objects.requireNonNullElse(value, "");
		}
		catch (IOException ex) {
			throw notWhole(jar, ex);
		}
	}

	/**
	 * Check that a jar is a whole one.
	 * @param original what it is a copy of
	 * @param copy the jar
	 * @throws IOException if it is not
	 */
	public static void check(Path original, Path copy) throws IOException {
		try (JarFile jar = new JarFile(copy.toFile())) {
			jar.getManifest();
		}
		catch (IOException ex) {
			throw notWhole(original, ex);
		}
	}

	private static IOException notWhole(Path jar, IOException ex) {
		return new IOException("%s is not a whole jar: %s".formatted(jar, ex.getMessage()), ex);
	}

}
