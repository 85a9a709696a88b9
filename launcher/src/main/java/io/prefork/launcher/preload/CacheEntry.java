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

package io.prefork.launcher.preload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.prefork.rundir.PrivateDirectory;
import io.prefork.rundir.PrivateFile;

/**
 * The place of one application in the cache: its files, where no worker changes them, and
 * the archives made of them. As long as it is open nobody removes it.
 */
final class CacheEntry implements AutoCloseable {

	private static final String SUM = ".crc32";

	private static final String STATE = "application.state";

	private static final String ORIGINAL = "original";

	private static final String UNFINISHED = ".tmp";

	/**
	 * What has not been written to for so long will not be finished any more.
	 */
	private static final Duration ABANDONED = Duration.ofHours(1);

	private final Path directory;

	private final @Nullable FileChannel lock;

	private CacheEntry(Path directory, @Nullable FileChannel lock) {
		this.directory = directory;
		this.lock = lock;
	}

	/**
	 * Open a place, which is made if it is not there.
	 * @param directory the place; one that can't be written, such as in an image, is only
	 * read
	 * @return the place
	 * @throws IOException if it can't be made, or others may write there
	 */
	static CacheEntry open(Path directory) throws IOException {
		PrivateDirectory.create(directory);
		check(directory);
		if (!Files.isWritable(directory)) {
			return new CacheEntry(directory, null);
		}
		FileChannel channel = lockFile(directory);
		try {
			channel.lock(0, Long.MAX_VALUE, true);
			Files.setLastModifiedTime(directory, FileTime.from(Instant.now()));
			return new CacheEntry(directory, channel);
		}
		catch (OverlappingFileLockException ex) {
			// This process has it open already.
			return new CacheEntry(directory, channel);
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Remove a place that no process has open.
	 * @param directory the place
	 * @throws IOException if it can't be removed
	 */
	static void removeUnused(Path directory) throws IOException {
		PrivateDirectory.check(directory);
		try (FileChannel channel = lockFile(directory)) {
			if (PrivateFile.tryLock(channel)) {
				PrivateDirectory.remove(directory);
			}
		}
	}

	/**
	 * Whether something can be put here.
	 * @return {@code false} if all that can be done is to use what is here
	 */
	boolean isWritable() {
		return this.lock != null;
	}

	/**
	 * Remove what attempts have left that were never finished.
	 * @throws IOException if that can't be done
	 */
	void removeAbandoned() throws IOException {
		Instant limit = Instant.now().minus(ABANDONED);
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.filter((path) -> path.toString().contains(UNFINISHED)).toList()) {
				if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
					PrivateDirectory.remove(file);
				}
			}
		}
	}

	/**
	 * Whether the application is here as it was written.
	 * @return {@code false} if a file is missing or has changed, or if others may write
	 * here
	 */
	boolean holdsApplication() {
		try {
			check(this.directory);
			return Files.readString(this.directory.resolve(STATE)).equals(ApplicationLayout.state(application()));
		}
		catch (IOException | UncheckedIOException ex) {
			return false;
		}
	}

	/**
	 * Remember what the application here was extracted from.
	 * @param jar the jar
	 * @throws IOException if that can't be written
	 */
	void remember(OriginalJar jar) throws IOException {
		write(this.directory.resolve(ORIGINAL), jar.identity());
	}

	/**
	 * Forget what the application here was extracted from.
	 * @throws IOException if that can't be removed
	 */
	void forgetOriginal() throws IOException {
		Files.deleteIfExists(this.directory.resolve(ORIGINAL));
	}

	/**
	 * Remember an archive for a small master, which knows nothing of workers when it is
	 * started.
	 * @param jvm the JVM that can use it
	 * @param archive the archive
	 * @throws IOException if that can't be written
	 */
	void remember(String jvm, Archive archive) throws IOException {
		write(this.directory.resolve(jvm), String.valueOf(archive.file().getFileName()));
	}

	/**
	 * Find what was remembered.
	 * @param jvm the JVM that should use it
	 * @return the archive, which is whole; {@code null} if there is none
	 * @throws IOException if that can't be told
	 */
	@Nullable Path archiveFor(String jvm) throws IOException {
		Path name = this.directory.resolve(jvm);
		Path archive = Files.exists(name) ? archive(Files.readString(name)) : null;
		return (archive != null && isWhole(archive)) ? archive : null;
	}

	/**
	 * Whether the application in a place was extracted from a jar.
	 * @param directory the place
	 * @param jar the jar
	 * @return {@code true} if that is remembered
	 */
	static boolean isFrom(Path directory, OriginalJar jar) {
		try {
			return Files.readString(directory.resolve(ORIGINAL)).equals(jar.identity());
		}
		catch (IOException ex) {
			return false;
		}
	}

	Path application() {
		return this.directory.resolve("application");
	}

	/**
	 * A place for something that is not whole yet.
	 * @param name its name
	 * @return the path, where nothing is
	 */
	Path unfinished(String name) {
		return this.directory.resolve("%s.%s%s".formatted(name, UUID.randomUUID(), UNFINISHED));
	}

	/**
	 * The application is whole.
	 * @param unfinished where it is now
	 * @throws IOException if it can't be moved
	 */
	void publish(Path unfinished) throws IOException {
		Path state = unfinished(STATE);
		Files.writeString(state, ApplicationLayout.state(unfinished));
		PrivateDirectory.remove(application());
		Files.move(unfinished, application(), StandardCopyOption.ATOMIC_MOVE);
		Files.move(state, this.directory.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
	}

	Path archive(String name) {
		return this.directory.resolve(name);
	}

	/**
	 * An archive is whole. It is on the disk, and its sum beside it, before it has its
	 * name.
	 * @param unfinished where it is now
	 * @param archive its name
	 * @throws IOException if it can't be moved
	 */
	void publishArchive(Path unfinished, Path archive) throws IOException {
		try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.READ)) {
			channel.force(true);
		}
		write(sumOf(archive), Archive.checksum(unfinished));
		Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
	}

	/**
	 * Whether an archive is there, and as it was written: a damaged one can do a JVM
	 * harm.
	 * @param archive the archive
	 * @return {@code true} if so; otherwise it is removed
	 * @throws IOException if that can't be told
	 */
	boolean isWhole(Path archive) throws IOException {
		if (!Files.isRegularFile(archive, LinkOption.NOFOLLOW_LINKS)) {
			return false;
		}
		String sum;
		try {
			sum = Files.readString(sumOf(archive));
		}
		catch (NoSuchFileException ex) {
			sum = "";
		}
		if (Archive.checksum(archive).equals(sum)) {
			return true;
		}
		Files.delete(archive);
		return false;
	}

	/**
	 * Remove an archive that is of no use. Those who have it mapped keep it.
	 * @param archive the archive
	 */
	void remove(Archive archive) {
		try {
			Files.deleteIfExists(archive.file());
			Files.deleteIfExists(sumOf(archive.file()));
		}
		catch (IOException ex) {
			// It is written over, or found to be of no use again.
		}
	}

	@Override
	public void close() throws IOException {
		if (this.lock != null) {
			this.lock.close();
		}
	}

	/**
	 * What is run from here must be nobody else's.
	 * @param directory the place
	 * @throws IOException if others may write there, or put another one in its place
	 */
	private static void check(Path directory) throws IOException {
		PrivateDirectory.check(Objects.requireNonNull(directory.getParent()));
		PrivateDirectory.check(directory);
	}

	/**
	 * Write a small file that nobody sees half of.
	 * @param file the file
	 * @param content its content
	 * @throws IOException if it can't be written
	 */
	private void write(Path file, String content) throws IOException {
		Path unfinished = unfinished(String.valueOf(file.getFileName()));
		Files.writeString(unfinished, content);
		Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
	}

	private static Path sumOf(Path archive) {
		return archive.resolveSibling(archive.getFileName() + SUM);
	}

	private static FileChannel lockFile(Path directory) throws IOException {
		return PrivateFile.open(directory.resolve("lock"));
	}

}
