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
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.RunDirectoryFiles;

/**
 * The directory that holds what master and workers share by name: the control socket, and
 * a lock file that tells whether the master lives. The lock ends with the process that
 * holds it, however that process ends, so whoever gets the lock may clean up.
 */
public final class RunDirectory implements AutoCloseable {

	private static final String GENERATION = "gen-";

	private final Path directory;

	private final boolean temporary;

	private final FileChannel lockChannel;

	private RunDirectory(Path directory, boolean temporary, FileChannel lockChannel) {
		this.directory = directory;
		this.temporary = temporary;
		this.lockChannel = lockChannel;
	}

	/**
	 * Take a directory, creating it where needed, and clear what a dead master left.
	 * @param directory the directory
	 * @param temporary whether the directory has to go when it is not needed any more,
	 * and its parent with it if that is empty then
	 * @param pid the id of the master's process
	 * @return the directory, locked; or {@code null} if a living master holds it
	 * @throws IOException if the directory can't be created or written
	 */
	public static @Nullable RunDirectory take(Path directory, boolean temporary, long pid) throws IOException {
		create(directory);
		FileChannel channel = LockFile.lock(directory, false);
		return (channel != null) ? take(directory, temporary, pid, channel) : null;
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
	 * @return the directory, locked; or {@code null} if a living master holds it
	 * @throws IOException if it can't be read
	 */
	public static @Nullable RunDirectory inherit(Path directory) throws IOException {
		FileChannel channel = LockFile.lock(directory, false);
		return (channel != null) ? new RunDirectory(directory, true, channel) : null;
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
		return this.directory.resolve(GENERATION + number);
	}

	/**
	 * Remove what belongs to one generation.
	 * @param number the number of the generation
	 * @throws IOException if it can't be removed
	 */
	public void removeGeneration(int number) throws IOException {
		if (Files.exists(generation(number))) {
			removeTree(generation(number));
		}
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
		try (DirectoryStream<Path> directories = Files.newDirectoryStream(base, Files::isDirectory)) {
			for (Path directory : directories) {
				removeAbandoned(directory);
			}
		}
		catch (IOException ex) {
			// Cleaning up is not worth a failure.
		}
	}

	/**
	 * Remove a directory's content, and the directory itself if it is temporary, unless a
	 * living master holds it or workers in it wait for a new master.
	 * @param directory the directory
	 */
	public static void removeAbandoned(Path directory) {
		if (!Files.exists(LockFile.in(directory)) || Files.exists(RunDirectoryFiles.workersIn(directory))) {
			return;
		}
		try (FileChannel channel = LockFile.lock(directory, false)) {
			if (channel != null) {
				remove(directory, LockFile.isTemporary(channel));
			}
		}
		catch (IOException ex) {
			// Somebody else was faster, or it is not ours to remove.
		}
	}

	/**
	 * Remove the content, and the directory itself if it is temporary, the first time.
	 */
	@Override
	public synchronized void close() {
		if (!this.lockChannel.isOpen()) {
			return;
		}
		try {
			remove(this.directory, this.temporary);
			this.lockChannel.close();
		}
		catch (IOException ex) {
			// The process ends; the next master cleans up.
		}
	}

	private static void create(Path directory) throws IOException {
		FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
		try {
			Files.createDirectories(directory, ownerOnly);
		}
		catch (NoSuchFileException ex) {
			// Another master has just removed the parent because it was empty.
			Files.createDirectories(directory, ownerOnly);
		}
	}

	private static void remove(Path directory, boolean temporary) throws IOException {
		removeContent(directory);
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
		try (DirectoryStream<Path> generations = Files.newDirectoryStream(directory, GENERATION + "*")) {
			for (Path generation : generations) {
				removeTree(generation);
			}
		}
	}

	private static void removeTree(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
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

	private static RunDirectory take(Path directory, boolean temporary, long pid, FileChannel channel)
			throws IOException {
		LockFile.write(channel, pid, temporary);
		removeContent(directory);
		return new RunDirectory(directory, temporary, channel);
	}

}
