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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A directory from which a service is run as in production: a copy of the sample
 * application with its {@code application.yml} beside it, both of which can be replaced
 * under the running service.
 */
public final class ReleaseDirectory {

	private final Path directory;

	private ReleaseDirectory(Path directory) {
		this.directory = directory;
	}

	/**
	 * Make a directory one from which the application is started: with a configuration,
	 * and with a jar if {@link #replaceJar()} puts it there.
	 * @param directory an existing directory, such as a temporary one
	 * @return the release directory, still without configuration
	 */
	public static ReleaseDirectory in(Path directory) {
		return new ReleaseDirectory(directory);
	}

	public Path path() {
		return this.directory;
	}

	public Path jar() {
		return this.directory.resolve("sample-app.jar");
	}

	/**
	 * Write the configuration that the next start or reload reads, at once for a reader.
	 * @param yaml the whole of {@code application.yml}
	 * @return this
	 */
	public ReleaseDirectory release(String yaml) {
		try {
			Path fresh = Files.writeString(this.directory.resolve("application.new"), yaml);
			Files.move(fresh, this.directory.resolve("application.yml"), StandardCopyOption.ATOMIC_MOVE);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Put the packaged jar there in one step, as a careful deployment does.
	 */
	public void replaceJar() {
		try {
			Path fresh = this.directory.resolve("sample-app.new");
			Files.copy(PreforkServiceBuilder.application(), fresh);
			Files.move(fresh, jar(), StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Write over the first bytes of the jar in place, as {@code cp} does.
	 * @param text what to write
	 */
	public void overwriteJar(String text) {
		try {
			Files.writeString(jar(), text, StandardOpenOption.WRITE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Cut the jar in place.
	 * @param size what to leave of it, in bytes
	 */
	public void truncateJar(long size) {
		try (FileChannel channel = FileChannel.open(jar(), StandardOpenOption.WRITE)) {
			channel.truncate(size);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public void deleteJar() {
		try {
			Files.delete(jar());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
