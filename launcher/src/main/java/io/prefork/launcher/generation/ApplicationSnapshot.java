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

package io.prefork.launcher.generation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.prefork.launcher.config.ApplicationFiles;

/**
 * A copy of an application for the workers of one generation: whoever overwrites,
 * truncates or deletes the original disturbs none of them, and a worker that has to be
 * replaced gets one of the same version. One thread at a time.
 */
final class ApplicationSnapshot implements AutoCloseable {

	private final List<FileCopy> copies = new ArrayList<>();

	private final ApplicationFiles files;

	private Path directory;

	private ApplicationSnapshot(ApplicationFiles files, Path directory) {
		this.files = files;
		this.directory = directory;
	}

	/**
	 * Copy an application.
	 * @param launch what to run: {@code -jar} and a jar, or {@code -cp}, a class path and
	 * a main class
	 * @param directory where the copy goes; created
	 * @return the copy
	 * @throws IOException if it can't be copied, or is not whole
	 */
	static ApplicationSnapshot take(List<String> launch, Path directory) throws IOException {
		ApplicationSnapshot snapshot = new ApplicationSnapshot(ApplicationFiles.of(launch),
				Files.createDirectories(directory));
		try {
			for (ApplicationFiles.Entry file : snapshot.files.entries()) {
				snapshot.copies.add(FileCopy.of(file.original(), directory, file.copy()));
			}
			return snapshot;
		}
		catch (IOException | RuntimeException ex) {
			snapshot.close();
			throw ex;
		}
	}

	/**
	 * What to run instead of the original.
	 * @return {@code -jar} and a jar, or {@code -cp}, a class path and a main class
	 */
	List<String> launch() {
		return this.files.launch(this.directory);
	}

	/**
	 * Copy again what is not there any more, from what was copied, whatever has become of
	 * the original; only directories of classes come from there.
	 * @param directory where the copy has to be
	 * @return whether something was gone
	 * @throws IOException if it can't be copied
	 */
	boolean restore(Path directory) throws IOException {
		this.directory = directory;
		boolean gone = false;
		for (FileCopy copy : this.copies) {
			gone |= copy.restore(directory);
		}
		return gone;
	}

	@Override
	public void close() {
		this.copies.forEach(FileCopy::close);
	}

}
