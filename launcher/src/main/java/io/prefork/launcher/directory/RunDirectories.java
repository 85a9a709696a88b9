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

package io.prefork.launcher.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.RunDirectoryFiles;
import io.prefork.contract.UnixSocketAddress;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.log.MasterLog;
import io.prefork.launcher.supervisor.ExitCodes;
import io.prefork.rundir.PrivateDirectory;
import io.prefork.rundir.RunDirectory;

/**
 * Where a master keeps its things: a directory of its own below the one that the user
 * says, or below a default one. What the user says belongs to one master at a time; only
 * while it is replaced its successor is there, too. Thread-safe.
 */
public final class RunDirectories implements AutoCloseable {

	/**
	 * The channels of the JDK, which connect to these sockets, take one byte less than
	 * the system.
	 */
	static final int MAX_SOCKET_PATH = UnixSocketAddress.MAX_PATH - 1;

	private final Map<String, Belonging> belongings = new LinkedHashMap<>();

	private final MasterLog log = new MasterLog();

	private final List<Path> places;

	private final boolean exclusive;

	private final long pid;

	private RunDirectory own;

	private @Nullable RunDirectory claim;

	private RunDirectories(List<Path> places, boolean exclusive, long pid, RunDirectory own,
			@Nullable RunDirectory claim) {
		this.places = places;
		this.exclusive = exclusive;
		this.pid = pid;
		this.own = own;
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
		List<Path> places = (configured != null) ? List.of(configured.toAbsolutePath()) : List.of();
		try {
			if (configured == null) {
				places = DefaultPlaces.of(environment);
				return new RunDirectories(places, false, pid, first(places, pid), null);
			}
			Path base = places.get(0);
			boolean succeeds = predecessor != null && predecessor.startsWith(base);
			checkSocketPath(base, pid);
			RunDirectory claim = succeeds ? null : claim(base, pid);
			return new RunDirectories(places, true, pid, own(base, pid), claim);
		}
		catch (IOException ex) {
			throw new StartupException(ExitCodes.USAGE,
					("The run directory %s can't be used (%s); set prefork.run-dir to a directory on a local disk "
							+ "with free space that uid %s may write")
						.formatted(places.isEmpty() ? "" : places.get(places.size() - 1), ex,
								PrivateDirectory.ownUid()),
					ex);
		}
	}

	/**
	 * Where masters of any user have their directories if nobody says where.
	 * @param environment the environment variables
	 * @return directories that exist
	 */
	public static List<Path> places(Map<String, String> environment) {
		return DefaultPlaces.ofAnybody(environment);
	}

	/**
	 * The directory that is this master's alone.
	 * @return the directory
	 */
	public synchronized RunDirectory own() {
		return this.own;
	}

	/**
	 * Have something made again whenever it is gone.
	 * @param what what it is, for the log
	 * @param belonging makes it
	 */
	public synchronized void keep(String what, Belonging belonging) {
		this.belongings.put(what, belonging);
	}

	/**
	 * Make again what is gone, before somebody looks for it by its name: the directory,
	 * elsewhere if need be, and everything that is to be kept.
	 * @return the directory that is this master's alone
	 * @throws IOException if it can't be made, or can't be trusted any more
	 */
	public synchronized RunDirectory restore() throws IOException {
		boolean directory = restoreDirectory();
		List<String> restored = new ArrayList<>();
		for (Map.Entry<String, Belonging> belonging : this.belongings.entrySet()) {
			if (belonging.getValue().restore(this.own.path())) {
				restored.add(belonging.getKey());
			}
		}
		if (directory || !restored.isEmpty()) {
			this.log.warn("%s: somebody has removed %s, made again: %s".formatted(this.own.path(),
					directory ? "the run directory" : "files", String.join(", ", restored)));
		}
		return this.own;
	}

	/**
	 * Let the directory look used to those who remove what has not been used for days.
	 */
	public synchronized void touch() {
		try {
			PrivateDirectory.touch(this.own.path());
		}
		catch (IOException | RuntimeException ex) {
			// It is restored when it is needed.
		}
	}

	/**
	 * The directories of dead masters whose workers wait for a new one.
	 * @return the directories, now this master's
	 */
	public synchronized List<RunDirectory> orphaned() {
		List<RunDirectory> orphaned = new ArrayList<>();
		if (this.claim != null) {
			try (DirectoryStream<Path> directories = Files.newDirectoryStream(this.claim.path(),
					(directory) -> Files.exists(RunDirectoryFiles.workersIn(directory)))) {
				for (Path directory : directories) {
					boolean foreign = directory.equals(this.own.path()) || !RunDirectory.isIn(directory);
					RunDirectory inherited = foreign ? null : RunDirectory.inherit(directory, this.pid);
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
		if (this.exclusive && !isClaimed()) {
			RunDirectory claimed = RunDirectory.await(this.places.get(0), this.pid);
			synchronized (this) {
				this.claim = claimed;
			}
		}
	}

	@Override
	public synchronized void close() {
		this.own.close();
		if (this.claim != null) {
			this.claim.close();
		}
	}

	private synchronized boolean isClaimed() {
		return this.claim != null;
	}

	private boolean restoreDirectory() throws IOException {
		try {
			if (this.claim != null) {
				this.claim.restore();
			}
			Path base = this.own.path().getParent();
			if (base != null) {
				PrivateDirectory.create(base);
				PrivateDirectory.check(base);
			}
			return this.own.restore();
		}
		catch (IOException ex) {
			if (this.exclusive) {
				throw ex;
			}
			// For instance /run/user/1000 after a logout: only root can make it again.
			RunDirectory other = first(this.places, this.pid);
			this.log.warn("%s can't be made again (%s): the run directory is %s now".formatted(this.own.path(), ex,
					other.path()));
			this.own = other;
			return true;
		}
	}

	/**
	 * Take a directory in the first place where that can be done.
	 * @param places the places
	 * @param pid the id of this process
	 * @return the directory, locked
	 * @throws IOException if there is no such place; says why for each
	 */
	private static RunDirectory first(List<Path> places, long pid) throws IOException {
		List<String> failures = new ArrayList<>();
		for (Path place : places) {
			try {
				checkSocketPath(place, pid);
				PrivateDirectory.create(place);
				return own(place, pid);
			}
			catch (IOException | StartupException ex) {
				failures.add("%s: %s".formatted(place, ex.getMessage()));
			}
		}
		throw new IOException(String.join("; ", failures));
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
		PrivateDirectory.check(base);
		RunDirectory.removeAbandonedIn(base);
		// A process id is used again, perhaps while workers of a dead master still have
		// its directory. What has no lock file is not ours.
		for (String name : IntStream.range(0, 10).mapToObj((i) -> (i == 0) ? "" + pid : pid + "." + i).toList()) {
			Path directory = base.resolve(name);
			boolean taken = Files.exists(RunDirectoryFiles.workersIn(directory))
					|| (Files.exists(directory) && !RunDirectory.isIn(directory));
			RunDirectory own = taken ? null : RunDirectory.take(directory, true, pid);
			if (own != null) {
				return own;
			}
		}
		throw new IOException("it is full of directories of process id " + pid);
	}

	private static void checkSocketPath(Path base, long pid) {
		Path socket = RunDirectoryFiles.successorSocketIn(base.resolve(Long.toString(pid)));
		int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
		if (length > MAX_SOCKET_PATH) {
			throw new StartupException(ExitCodes.USAGE,
					("The control socket's path %s has %d bytes, and a Unix socket's may have no more than %d; "
							+ "set prefork.run-dir to a shorter one")
						.formatted(socket, length, MAX_SOCKET_PATH));
		}
	}

}
