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

package io.prefork.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.supervisor.ExitCodes;

/**
 * The file with the process id of the master, for scripts. What a dead master left is
 * overwritten; while the process that it names lives and is a JVM, it is not touched.
 */
public final class PidFile implements AutoCloseable {

	private final @Nullable Path file;

	private final long pid;

	/**
	 * Create a file, without writing it.
	 * @param file the file; {@code null} for none
	 * @param pid the process id
	 */
	public PidFile(@Nullable Path file, long pid) {
		this.file = file;
		this.pid = pid;
	}

	/**
	 * Write the file, as a whole or not at all.
	 * @throws StartupException if it can't be written, or another master has it
	 */
	public void write() {
		try {
			checkFree();
			replace();
		}
		catch (IOException ex) {
			throw new StartupException(ExitCodes.USAGE,
					("The pid file %s can't be written (%s); set prefork.pid-file to a file in a directory that "
							+ "user %s may write")
						.formatted(this.file, ex, System.getProperty("user.name")),
					ex);
		}
	}

	/**
	 * Write the file, as a whole or not at all, whoever has it.
	 * @throws IOException if it can't be written
	 */
	public void replace() throws IOException {
		if (this.file != null) {
			Path temporary = Files.writeString(this.file.resolveSibling("." + this.file.getFileName() + "." + this.pid),
					content());
			Files.move(temporary, this.file, StandardCopyOption.ATOMIC_MOVE);
		}
	}

	/**
	 * Remove the file unless somebody else has written it since.
	 */
	@Override
	public void close() {
		try {
			if (this.file != null && Files.readString(this.file).equals(content())) {
				Files.delete(this.file);
			}
		}
		catch (IOException ex) {
			// The next master overwrites it.
		}
	}

	private String content() {
		return this.pid + "\n";
	}

	private void checkFree() throws IOException {
		if (this.file == null || !Files.exists(this.file)) {
			return;
		}
		String holder = Files.readString(this.file).strip();
		boolean taken = holder.matches("\\d{1,10}") && Long.parseLong(holder) != this.pid
				&& ProcessHandle.of(Long.parseLong(holder))
					.flatMap((process) -> process.info().command())
					.filter((command) -> command.endsWith("java"))
					.isPresent();
		if (taken) {
			throw new StartupException(ExitCodes.USAGE,
					("The pid file %s names process %s, which runs; stop that one, or set prefork.pid-file to another "
							+ "file")
						.formatted(this.file, holder));
		}
	}

}
