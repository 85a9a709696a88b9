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

package io.prefork.rundir;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.RunDirectoryFiles;

/**
 * The directory that holds what master and workers share by name: the control socket, and
 * a lock file that tells whether the master lives. The lock ends with the process that
 * holds it, however that process ends, so whoever gets the lock may clean up. Nothing is
 * removed but what a master has made: in directories that are named after its process and
 * have its lock file. A permanent one is the user's, and only the lock file is removed.
 */
public final class RunDirectory implements AutoCloseable {

	private static final Pattern NAME = Pattern.compile("\\d{1,10}(\\.\\d)?");

	private static final String GENERATION = "gen-";

	private static final Pattern GENERATION_NAME = Pattern.compile(GENERATION + "\\d+");

	private final Path directory;

	private final boolean temporary;

	private final long pid;

	private LockFile lock;

	private RunDirectory(Path directory, boolean temporary, long pid, LockFile lock) {
		this.directory = directory;
		this.temporary = temporary;
		this.pid = pid;
		this.lock = lock;
	}

	/**
	 * Take a directory, creating it where needed, and clear what a dead master left.
	 * @param directory the directory
	 * @param temporary whether the directory has to go when it is not needed any more,
	 * and its parent with it if that is empty then
	 * @param pid the id of the master's process
	 * @return the directory, locked; or {@code null} if a living master holds it
	 * @throws IOException if the directory can't be created or written, or others may
	 * write it
	 */
	public static @Nullable RunDirectory take(Path directory, boolean temporary, long pid) throws IOException {
		PrivateDirectory.create(directory);
		PrivateDirectory.check(directory);
		LockFile lock = LockFile.lock(directory, false);
		return (lock != null) ? take(directory, temporary, pid, lock) : null;
	}

	/**
	 * Take a directory that stays, as soon as no other living master holds it.
	 * @param directory the directory
	 * @param pid the id of the master's process
	 * @return the directory, locked
	 * @throws IOException if it can't be written, or the thread is interrupted
	 */
	public static RunDirectory await(Path directory, long pid) throws IOException {
		return take(directory, false, pid, Objects.requireNonNull(LockFile.lock(directory, true)));
	}

	/**
	 * Take the directory of a dead master as it is.
	 * @param directory the directory
	 * @param pid the id of this master's process
	 * @return the directory, locked; or {@code null} if a living master holds it
	 * @throws IOException if it can't be read
	 */
	public static @Nullable RunDirectory inherit(Path directory, long pid) throws IOException {
		PrivateDirectory.check(directory);
		LockFile lock = LockFile.lock(directory, false);
		return (lock != null) ? new RunDirectory(directory, true, pid, lock) : null;
	}

	/**
	 * Whether a directory is one that a master has made for itself.
	 * @param directory a directory that this process has not taken
	 * @return {@code true} if its name and its lock file say so
	 */
	public static boolean isIn(Path directory) {
		Path name = directory.getFileName();
		return name != null && NAME.matcher(name.toString()).matches() && LockFile.isIn(directory);
	}

	/**
	 * The path of this directory.
	 * @return the path
	 */
	public Path path() {
		return this.directory;
	}

	/**
	 * The directory for what belongs to one generation; not created.
	 * @param number the number of the generation
	 * @return the path
	 */
	public Path generation(int number) {
		return generation(this.directory, number);
	}

	/**
	 * The directory for what belongs to one generation; not created.
	 * @param directory the run directory
	 * @param number the number of the generation
	 * @return the path
	 */
	public static Path generation(Path directory, int number) {
		return directory.resolve(GENERATION + number);
	}

	/**
	 * Remove what belongs to one generation.
	 * @param number the number of the generation
	 * @throws IOException if it can't be removed
	 */
	public void removeGeneration(int number) throws IOException {
		if (Files.exists(generation(number))) {
			PrivateDirectory.remove(generation(number));
		}
	}

	/**
	 * Make this directory again if it is gone, for instance because a session has ended
	 * or old files were removed. What belongs into it is not made again.
	 * @return whether it was gone
	 * @throws IOException if it can't be made, or is not this user's alone any more
	 */
	public synchronized boolean restore() throws IOException {
		PrivateDirectory.create(this.directory);
		PrivateDirectory.check(this.directory);
		if (this.lock.isInPlace()) {
			return false;
		}
		LockFile fresh = LockFile.lock(this.directory, false);
		if (fresh == null) {
			throw new IOException("it belongs to the master with pid %s now".formatted(holder(this.directory)));
		}
		fresh.write(this.pid, this.temporary);
		this.lock.close();
		this.lock = fresh;
		return true;
	}

	/**
	 * The process id of the master that holds a directory, as far as it can be read.
	 * @param directory the directory
	 * @return the process id as text
	 */
	public static String holder(Path directory) {
		return LockFile.holder(directory);
	}

	/**
	 * Remove what dead masters left in the temporary directories below a base directory,
	 * unless their workers wait for a new master.
	 * @param base the base directory
	 */
	public static void removeAbandonedIn(Path base) {
		try (DirectoryStream<Path> directories = Files.newDirectoryStream(base, RunDirectory::isIn)) {
			for (Path directory : directories) {
				removeAbandoned(directory);
			}
		}
		catch (IOException ex) {
			// Cleaning up is not worth a failure.
		}
	}

	/**
	 * Remove a directory with its content if it is temporary, else its lock, unless a
	 * living master holds it or workers in it wait for a new master.
	 * @param directory the directory
	 */
	public static void removeAbandoned(Path directory) {
		if (!LockFile.isIn(directory) || Files.exists(RunDirectoryFiles.workersIn(directory))) {
			return;
		}
		try (LockFile lock = LockFile.lock(directory, false)) {
			if (lock != null) {
				remove(directory, lock.isTemporary());
			}
		}
		catch (IOException ex) {
			// Somebody else was faster, or it is not ours to remove.
		}
	}

	/**
	 * Remove the directory with its content if it is temporary, else its lock; the first
	 * time.
	 */
	@Override
	public synchronized void close() {
		if (!this.lock.isOpen()) {
			return;
		}
		try (LockFile held = this.lock) {
			if (held.isInPlace()) {
				remove(this.directory, this.temporary);
			}
		}
		catch (IOException ex) {
			// The process ends; the next master cleans up.
		}
	}

	private static void remove(Path directory, boolean temporary) throws IOException {
		if (temporary) {
			removeContent(directory);
		}
		Files.deleteIfExists(LockFile.in(directory));
		if (temporary) {
			Files.deleteIfExists(directory);
			removeIfEmpty(directory.getParent());
		}
	}

	private static void removeContent(Path directory) throws IOException {
		for (String file : RunDirectoryFiles.NAMES) {
			Files.deleteIfExists(directory.resolve(file));
		}
		try (DirectoryStream<Path> generations = Files.newDirectoryStream(directory,
				(file) -> GENERATION_NAME.matcher(file.getFileName().toString()).matches())) {
			for (Path generation : generations) {
				PrivateDirectory.remove(generation);
			}
		}
	}

	private static void removeIfEmpty(@Nullable Path base) throws IOException {
		if (base != null) {
			try {
				Files.deleteIfExists(base);
			}
			catch (DirectoryNotEmptyException ex) {
				// Another master of this user has its directory there.
			}
		}
	}

	private static RunDirectory take(Path directory, boolean temporary, long pid, LockFile lock) throws IOException {
		lock.write(pid, temporary);
		if (temporary) {
			removeContent(directory);
		}
		return new RunDirectory(directory, temporary, pid, lock);
	}

}
