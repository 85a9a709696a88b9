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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A directory into which nobody else can put anything. Those above it are not looked at.
 */
public final class PrivateDirectory {

	private static final int TYPE = 0170000;

	private static final int DIRECTORY = 0040000;

	private static final int WRITABLE_BY_OTHERS = 0022;

	private PrivateDirectory() {
	}

	/**
	 * The id of the user that this process runs as, who need not have a name.
	 * @return the user id
	 * @throws UncheckedIOException if proc(5) can't be read
	 */
	public static int ownUid() {
		try {
			return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Create a directory, and those above it that are missing, for this user alone.
	 * Nothing happens if it is there.
	 * @param directory the directory
	 * @throws IOException if it can't be created
	 */
	public static void create(Path directory) throws IOException {
		FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
		try {
			Files.createDirectories(directory, ownerOnly);
		}
		catch (NoSuchFileException ex) {
			// Another process has just removed one above it because it was empty.
			Files.createDirectories(directory, ownerOnly);
		}
	}

	/**
	 * Check an existing directory.
	 * @param directory the directory
	 * @throws IOException if it is none, belongs to somebody else, or may be written by
	 * others
	 */
	public static void check(Path directory) throws IOException {
		Map<String, Object> attributes = Files.readAttributes(directory, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
		int mode = (int) Objects.requireNonNull(attributes.get("mode"));
		int own = ownUid();
		if ((mode & TYPE) != DIRECTORY) {
			throw new IOException(directory + " is no directory");
		}
		if (!Integer.valueOf(own).equals(attributes.get("uid"))) {
			throw new IOException("%s belongs to uid %s, and this is a process of uid %d".formatted(directory,
					attributes.get("uid"), own));
		}
		if ((mode & WRITABLE_BY_OTHERS) != 0) {
			throw new IOException("%s may be written by others; name a directory in it, which is made for uid %d alone"
				.formatted(directory, own));
		}
	}

	/**
	 * Remove a directory or file with everything in it; links are not followed. Nothing
	 * happens if it is not there.
	 * @param path the directory or file
	 * @throws IOException if something can't be removed
	 */
	public static void remove(Path path) throws IOException {
		if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		try (Stream<Path> files = Files.walk(path)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
	}

	/**
	 * Let everything in a directory look used, as far as those are concerned who remove
	 * what has not been used for days. The times of changes stay, which class archives
	 * look at.
	 * @param directory the directory
	 * @throws IOException if that can't be done
	 */
	public static void touch(Path directory) throws IOException {
		FileTime now = FileTime.from(Instant.now());
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.toList()) {
				Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
					.setTimes(null, now, null);
			}
		}
	}

}
