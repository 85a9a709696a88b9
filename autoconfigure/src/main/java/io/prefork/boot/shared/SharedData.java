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

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Named sets of data that are written once per generation, by the worker that asks first,
 * and mapped by all workers: the system keeps the pages once. They can't be changed, and
 * are removed with the generation. Without workers this process writes and maps them.
 * Thread-safe; to be used while beans are created.
 */
public final class SharedData {

	private final @Nullable Path directory;

	/**
	 * Create the data of a generation.
	 * @param directory where its files are; created when it is needed; {@code null} for
	 * files that only this process has
	 */
	public SharedData(@Nullable Path directory) {
		this.directory = directory;
	}

	/**
	 * Share bytes.
	 * @param name the name of the set: letters, digits, {@code -}, {@code _} and
	 * {@code .}
	 * @param content writes them; called in one process, while the others wait
	 * @return the bytes
	 * @throws UncheckedIOException if they can't be written or mapped
	 */
	public SharedBytes bytes(String name, SharedBytes.Content content) {
		return open(name, (file) -> {
			try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
				content.writeTo(out);
			}
		}, SharedBytes::new);
	}

	/**
	 * Share a table of keys and values.
	 * @param name the name of the set: letters, digits, {@code -}, {@code _} and
	 * {@code .}
	 * @param content writes the entries; called in one process, while the others wait
	 * @return the table
	 * @throws UncheckedIOException if it can't be written or mapped
	 */
	public SharedTable table(String name, SharedTable.Content content) {
		return open(name, (file) -> {
			try (SharedTableWriter writer = new SharedTableWriter(file)) {
				content.writeTo(writer);
				writer.finish();
			}
		}, SharedTable::new);
	}

	private <T> T open(String name, SharedFile.Writer writer, Opener<T> opener) {
		try {
			return opener.open(SharedFile.written(this.directory, name, writer));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					("The shared data %s can't be written or mapped in %s; make room there, or "
							+ "set prefork.run-dir to another directory")
						.formatted(name,
								(this.directory != null) ? this.directory : System.getProperty("java.io.tmpdir")),
					ex);
		}
	}

	@FunctionalInterface
	private interface Opener<T> {

		T open(Path file) throws IOException;

	}

}
