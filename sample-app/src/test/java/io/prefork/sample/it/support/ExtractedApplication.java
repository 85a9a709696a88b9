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
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The application in the layout in which Boot's own tool extracts it, see "Extracting
 * Applications" in the reference of Spring Boot, with an archive of its classes for the
 * JVM of the tests. It starts with half of the CPU time that the jar of jars takes.
 */
final class ExtractedApplication {

	private static final Path DIRECTORY = Path.of("target", "extracted").toAbsolutePath();

	private static final Path ARCHIVE = DIRECTORY.resolve("classes.jsa");

	private static final Path VERSION = DIRECTORY.resolve("version");

	private static final Path LOCK = DIRECTORY.resolveSibling("extracted.lock");

	private static final String NO_WARNINGS = "-Xlog:cds=off";

	private static final String NO_DYNAMIC_WARNINGS = "-Xlog:cds+dynamic=off";

	private ExtractedApplication() {
	}

	/**
	 * Extract the application if that has not been done in this JVM.
	 * @return the jar to start
	 */
	static Path jar() {
		return Holder.JAR;
	}

	/**
	 * The options that make a JVM like that of the tests use the archive.
	 * @return the options
	 */
	static List<String> jvmOptions() {
		return List.of("-XX:SharedArchiveFile=" + ARCHIVE, NO_WARNINGS, NO_DYNAMIC_WARNINGS);
	}

	/**
	 * Extract and train, unless another JVM has done so for the same jar.
	 */
	private static Path prepare() {
		Path application = PreforkServiceBuilder.application();
		Path jar = DIRECTORY.resolve(application.getFileName());
		try (FileChannel lock = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			lock.lock();
			String version = "%d %s".formatted(checksum(application), System.getProperty("java.vm.version"));
			if (!Files.exists(VERSION) || !Files.readString(VERSION).equals(version)) {
				extract(application);
				train(jar);
				Files.writeString(VERSION, version);
			}
			return jar;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Its time tells nothing: in a build that can be reproduced it is always the same.
	 */
	private static long checksum(Path application) throws IOException {
		CRC32 checksum = new CRC32();
		checksum.update(Files.readAllBytes(application));
		return checksum.getValue();
	}

	private static void extract(Path application) {
		run(List.of("-Djarmode=tools", "-jar", application.toString(), "extract", "--force", "--destination",
				DIRECTORY.toString()));
	}

	/**
	 * Let a worker serve for a moment and write down which classes it has loaded.
	 */
	private static void train(Path jar) {
		try (PreforkService service = PreforkService.builder()
			.withoutArchive(jar)
			.args("--prefork.workers=1", "--server.http2.enabled=true", "--prefork.graceful-timeout=60s",
					"--prefork.jvm.options=-XX:ArchiveClassesAtExit=%s,%s,%s".formatted(ARCHIVE, NO_WARNINGS,
							NO_DYNAMIC_WARNINGS))
			.start()
			.awaitReady()) {
			for (String path : List.of("/hello", "/json", "/pid")) {
				Http.http11().get(service.url(path));
				Http.http2().get(service.url(path));
			}
			service.terminate();
			service.awaitExit();
		}
	}

	private static void run(List<String> args) {
		List<String> line = new ArrayList<>();
		line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		line.addAll(args);
		try {
			if (new ProcessBuilder(line).inheritIO().start().waitFor() != 0) {
				throw new IllegalStateException("It failed: " + line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted in " + line, ex);
		}
	}

	private static final class Holder {

		private static final Path JAR = prepare();

	}

}
