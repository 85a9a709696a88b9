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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.supervisor.ExitCodes;

/**
 * Checks an application's jar before anything is started from it.
 */
public final class ApplicationJar {

	private static final String AUTOCONFIGURE = "prefork-spring-boot-autoconfigure";

	private static final String MERGED = "io/prefork/boot/";

	private ApplicationJar() {
	}

	/**
	 * Check that a file is an executable jar whose application has the starter.
	 * @param jar the file
	 * @throws StartupException if it is not
	 */
	public static void check(Path jar) {
		if (!Files.isRegularFile(jar) || !Files.isReadable(jar)) {
			throw new StartupException(ExitCodes.USAGE,
					"%s is not a file that user %s can read".formatted(jar, System.getProperty("user.name")));
		}
		try (JarFile file = new JarFile(jar.toFile())) {
			String mainClass = attribute(file.getManifest(), Attributes.Name.MAIN_CLASS);
			if (mainClass == null) {
				throw new StartupException(ExitCodes.USAGE,
						("%s has no Main-Class in its manifest; build an executable "
								+ "jar, for instance with spring-boot:repackage or bootJar")
							.formatted(jar));
			}
			if (!hasStarter(file)) {
				throw new StartupException(ExitCodes.USAGE,
						"%s does not contain the starter; add io.prefork:prefork-spring-boot-starter to its dependencies"
							.formatted(jar));
			}
		}
		catch (IOException ex) {
			throw new StartupException(ExitCodes.USAGE, "%s is not a readable jar: %s".formatted(jar, ex.getMessage()),
					ex);
		}
	}

	private static boolean hasStarter(JarFile file) throws IOException {
		String classPath = attribute(file.getManifest(), Attributes.Name.CLASS_PATH);
		return file.stream()
			.map(JarEntry::getName)
			.anyMatch((name) -> name.contains(AUTOCONFIGURE) || name.startsWith(MERGED))
				|| (classPath != null && classPath.contains(AUTOCONFIGURE));
	}

	private static @Nullable String attribute(@Nullable Manifest manifest, Attributes.Name name) {
		return (manifest != null) ? manifest.getMainAttributes().getValue(name) : null;
	}

}
