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

package io.prefork.boot.shared;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.prefork.rundir.PrivateFile;

/**
 * A file that is written by one process of several, whole or not at all.
 */
final class SharedFile {

	private static final Log logger = LogFactory.getLog(SharedData.class);

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

	private static final String READ_ONLY = "r--------";

	private static final Object ONE_THREAD = new Object();

	private SharedFile() {
	}

	/**
	 * Have a file written, unless another process has written it.
	 * @param directory where it is; {@code null} for one that only this process has
	 * @param name its name
	 * @param writer writes it
	 * @return the file, which nobody changes any more
	 * @throws IOException if it can't be written
	 */
	static Path written(@Nullable Path directory, String name, Writer writer) throws IOException {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException(
					"\"%s\" can't be the name of shared data: letters, digits, -, _ and . are allowed".formatted(name));
		}
		if (directory == null) {
			Path file = Files.createTempFile("prefork-" + name + "-", null);
			file.toFile().deleteOnExit();
			writer.writeTo(file);
			return file;
		}
		Files.createDirectories(directory);
		Path file = directory.resolve(name);
		// A lock of a file keeps other processes out, but not other threads.
		synchronized (ONE_THREAD) {
			try (FileChannel lock = PrivateFile.open(directory.resolve(name + ".lock"))) {
				lock.lock();
				if (!Files.exists(file)) {
					write(file, name, writer);
				}
			}
		}
		return file;
	}

	private static void write(Path file, String name, Writer writer) throws IOException {
		long begun = System.nanoTime();
		Path unfinished = file.resolveSibling(name + ".tmp");
		try {
			Files.deleteIfExists(unfinished);
			writer.writeTo(unfinished);
			Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString(READ_ONLY));
			Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(unfinished);
		}
		if (logger.isInfoEnabled()) {
			logger.info("Shared data %s: %d kB written in %.1f s".formatted(name, Files.size(file) >> 10,
					(System.nanoTime() - begun) / 1e9));
		}
	}

	/**
	 * Writes a file.
	 */
	@FunctionalInterface
	interface Writer {

		void writeTo(Path file) throws IOException;

	}

}
