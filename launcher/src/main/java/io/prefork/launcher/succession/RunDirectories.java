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

package io.prefork.launcher.succession;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.RunDirectoryFiles;
import io.prefork.contract.UnixSocketAddress;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.rundir.RunDirectory;

/**
 * Where a master keeps its things: a directory of its own below the one that the user
 * says, {@code $XDG_RUNTIME_DIR} or the directory for temporary files. What the user says
 * belongs to one master at a time; only while it is replaced its successor is there, too.
 */
public final class RunDirectories implements AutoCloseable {

	/**
	 * The channels of the JDK, which connect to these sockets, take one byte less than
	 * the system.
	 */
	static final int MAX_SOCKET_PATH = UnixSocketAddress.MAX_PATH - 1;

	private final Path base;

	private final boolean exclusive;

	private final RunDirectory own;

	private final long pid;

	private volatile @Nullable RunDirectory claim;

	private RunDirectories(Path base, boolean exclusive, RunDirectory own, long pid, @Nullable RunDirectory claim) {
		this.base = base;
		this.exclusive = exclusive;
		this.own = own;
		this.pid = pid;
		this.claim = claim;
	}

	/**
	 * Take the directories of this process.
	 * @param configured where the user wants them; {@code null} for the default
	 * @param environment the environment variables
	 * @param pid the id of this process
	 * @param predecessor the directory of the master that this one succeeds; {@code null}
	 * if it does not
	 * @return the directories, locked
	 * @throws StartupException if they can't be had
	 */
	public static RunDirectories take(@Nullable Path configured, Map<String, String> environment, long pid,
			@Nullable Path predecessor) {
		Path base = (configured != null) ? configured.toAbsolutePath() : base(environment);
		checkSocketPath(base.resolve(Long.toString(pid)));
		try {
			RunDirectory claim = null;
			if (configured == null) {
				prepare(base);
			}
			else if (predecessor == null || !predecessor.startsWith(base)) {
				claim = claim(base, pid);
			}
			RunDirectory.removeAbandonedIn(base);
			return new RunDirectories(base, configured != null, own(base, pid), pid, claim);
		}
		catch (IOException ex) {
			throw new StartupException(ExitCodes.USAGE,
					("The run directory %s can't be used (%s); set prefork.run-dir to a directory on a local disk "
							+ "with free space that user %s may write")
						.formatted(base, ex, System.getProperty("user.name")),
					ex);
		}
	}

	/**
	 * The directory that is this master's alone.
	 * @return the directory
	 */
	public RunDirectory own() {
		return this.own;
	}

	/**
	 * The directories of dead masters whose workers wait for a new one.
	 * @return the directories, now this master's
	 */
	public List<RunDirectory> orphaned() {
		List<RunDirectory> orphaned = new ArrayList<>();
		if (this.claim != null) {
			try (DirectoryStream<Path> directories = Files.newDirectoryStream(this.base,
					(directory) -> Files.exists(RunDirectoryFiles.workersIn(directory)))) {
				for (Path directory : directories) {
					RunDirectory inherited = directory.equals(this.own.path()) ? null : RunDirectory.inherit(directory);
					if (inherited != null) {
						orphaned.add(inherited);
					}
				}
			}
			catch (IOException ex) {
				// What can't be read can't be taken over.
			}
		}
		return orphaned;
	}

	/**
	 * Wait until the directory that the user says is this master's, because its
	 * predecessor has left. Returns at once if it is, or if there is none.
	 * @throws IOException if it can't be had, or the thread is interrupted
	 */
	public void awaitClaim() throws IOException {
		if (this.exclusive && this.claim == null) {
			this.claim = RunDirectory.await(this.base, this.pid);
		}
	}

	@Override
	public void close() {
		this.own.close();
		RunDirectory claimed = this.claim;
		if (claimed != null) {
			claimed.close();
		}
	}

	private static RunDirectory claim(Path base, long pid) throws IOException {
		RunDirectory claim = RunDirectory.take(base, false, pid);
		if (claim == null) {
			throw new StartupException(ExitCodes.USAGE,
					("The run directory %s is in use by the master with pid %s; stop that one, "
							+ "or set prefork.run-dir to another directory")
						.formatted(base, RunDirectory.holder(base)));
		}
		return claim;
	}

	private static RunDirectory own(Path base, long pid) throws IOException {
		// A process id is used again, perhaps while workers of a dead master still have
		// its directory.
		for (String name : IntStream.range(0, 10).mapToObj((i) -> (i == 0) ? "" + pid : pid + "." + i).toList()) {
			Path directory = base.resolve(name);
			RunDirectory own = Files.exists(RunDirectoryFiles.workersIn(directory)) ? null
					: RunDirectory.take(directory, true, pid);
			if (own != null) {
				return own;
			}
		}
		throw new IOException("it is full of directories of process id " + pid);
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
	}

	private static void checkSocketPath(Path directory) {
		Path socket = RunDirectoryFiles.successorSocketIn(directory);
		int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
		if (length > MAX_SOCKET_PATH) {
			throw new StartupException(ExitCodes.USAGE,
					("The control socket's path %s has %d bytes, and a Unix socket's may have no more than %d; "
							+ "set prefork.run-dir to a shorter one")
						.formatted(socket, length, MAX_SOCKET_PATH));
		}
	}

}
