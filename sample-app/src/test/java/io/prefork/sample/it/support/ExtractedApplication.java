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

package io.prefork.sample.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The application in the layout in which Boot's own tool extracts it, see "Extracting
 * Applications" in the reference of Spring Boot. It starts with three quarters of the CPU
 * time that the jar of jars takes.
 */
final class ExtractedApplication {

	private static final Path DIRECTORY = Path.of("target", "extracted").toAbsolutePath();

	private ExtractedApplication() {
	}

	/**
	 * Extract the application if that has not been done in this JVM.
	 * @return the jar to start
	 */
	static Path jar() {
		return Holder.JAR;
	}

	private static Path extract() {
		Path application = PreforkServiceBuilder.application();
		try {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Djarmode=tools", "-jar", application.toString(), "extract", "--force", "--destination",
					DIRECTORY.toString())
				.inheritIO()
				.start();
			if (process.waitFor() != 0) {
				throw new IllegalStateException(application + " can't be extracted");
			}
			return DIRECTORY.resolve(application.getFileName());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while extracting " + application, ex);
		}
	}

	private static final class Holder {

		private static final Path JAR = extract();

	}

}
