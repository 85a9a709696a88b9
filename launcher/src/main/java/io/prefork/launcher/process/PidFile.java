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

	private final String content;

	private PidFile(@Nullable Path file, String content) {
		this.file = file;
		this.content = content;
	}

	/**
	 * Write the file, as a whole or not at all.
	 * @param file the file; {@code null} for none
	 * @param pid the process id
	 * @return the file, to be closed when the process ends
	 * @throws StartupException if it can't be written, or another master has it
	 */
	public static PidFile write(@Nullable Path file, long pid) {
		String content = pid + "\n";
		if (file != null) {
			try {
				checkFree(file, pid);
				Path temporary = Files.writeString(file.resolveSibling("." + file.getFileName() + "." + pid), content);
				Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
			}
			catch (IOException ex) {
				throw new StartupException(ExitCodes.USAGE,
						("The pid file %s can't be written (%s); set prefork.pid-file to a file in a directory that "
								+ "user %s may write")
							.formatted(file, ex, System.getProperty("user.name")),
						ex);
			}
		}
		return new PidFile(file, content);
	}

	/**
	 * Remove the file unless somebody else has written it since.
	 */
	@Override
	public void close() {
		try {
			if (this.file != null && Files.readString(this.file).equals(this.content)) {
				Files.delete(this.file);
			}
		}
		catch (IOException ex) {
			// The next master overwrites it.
		}
	}

	private static void checkFree(Path file, long pid) throws IOException {
		if (!Files.exists(file)) {
			return;
		}
		String holder = Files.readString(file).strip();
		boolean taken = holder.matches("\\d{1,10}") && Long.parseLong(holder) != pid
				&& ProcessHandle.of(Long.parseLong(holder))
					.flatMap((process) -> process.info().command())
					.filter((command) -> command.endsWith("java"))
					.isPresent();
		if (taken) {
			throw new StartupException(ExitCodes.USAGE,
					("The pid file %s names process %s, which runs; stop that one, or set prefork.pid-file to another "
							+ "file")
						.formatted(file, holder));
		}
	}

}
