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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.protocol.RunDirectory;

/**
 * Decides where the run directory is: where the user says, or a directory per master
 * below {@code $XDG_RUNTIME_DIR} or the directory for temporary files.
 */
public final class RunDirectories {

	private RunDirectories() {
	}

	/**
	 * Take the run directory of this process.
	 * @param configured where the user wants it; {@code null} for the default
	 * @param environment the environment variables
	 * @param pid the id of this process
	 * @return the directory, locked
	 * @throws StartupException if there can't be one
	 */
	public static RunDirectory take(@Nullable Path configured, Map<String, String> environment, long pid) {
		if (configured != null) {
			return takeIn(null, configured.toAbsolutePath(), pid);
		}
		Path base = base(environment);
		return takeIn(base, base.resolve(Long.toString(pid)), pid);
	}

	private static RunDirectory takeIn(@Nullable Path base, Path directory, long pid) {
		checkSocketPath(directory);
		try {
			if (base != null) {
				prepare(base);
			}
			RunDirectory taken = RunDirectory.take(directory, base != null, pid);
			if (taken == null) {
				throw new StartupException(ExitCodes.USAGE,
						("The run directory %s is in use by the master with pid %s; stop that one, "
								+ "or set prefork.run-dir to another directory")
							.formatted(directory, RunDirectory.holder(directory)));
			}
			return taken;
		}
		catch (IOException ex) {
			throw new StartupException(ExitCodes.USAGE,
					("The run directory %s can't be used (%s); set prefork.run-dir to a directory on a local disk "
							+ "with free space that user %s may write")
						.formatted(directory, ex, System.getProperty("user.name")),
					ex);
		}
	}

	private static Path base(Map<String, String> environment) {
		String runtime = environment.get("XDG_RUNTIME_DIR");
		if (runtime != null && Files.isWritable(Path.of(runtime))) {
			return Path.of(runtime, "prefork");
		}
		return Path.of(System.getProperty("java.io.tmpdir"), "prefork-" + System.getProperty("user.name"))
			.toAbsolutePath();
	}

	private static void prepare(Path base) throws IOException {
		Files.createDirectories(base,
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		String owner = Files.getOwner(base, LinkOption.NOFOLLOW_LINKS).getName();
		if (Files.isSymbolicLink(base) || !owner.equals(System.getProperty("user.name"))) {
			throw new IOException(base + " belongs to user " + owner);
		}
		RunDirectory.removeAbandonedIn(base);
	}

	private static void checkSocketPath(Path directory) {
		Path socket = RunDirectory.socketIn(directory);
		int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
		if (length > RunDirectory.MAX_SOCKET_PATH) {
			throw new StartupException(ExitCodes.USAGE,
					("The control socket's path %s has %d bytes, and a Unix socket's may have no more than %d; "
							+ "set prefork.run-dir to a shorter one")
						.formatted(socket, length, RunDirectory.MAX_SOCKET_PATH));
		}
	}

}
