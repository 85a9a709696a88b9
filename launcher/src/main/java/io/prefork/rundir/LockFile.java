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
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/**
 * The file whose lock tells whether the master of a run directory lives. It says who that
 * is, and whether the directory goes with it.
 */
final class LockFile {

	private static final String NAME = "master.lock";

	private static final String TEMPORARY = "temporary";

	private static final int LONGEST = 64;

	private LockFile() {
	}

	static Path in(Path directory) {
		return directory.resolve(NAME);
	}

	/**
	 * Get the lock of a directory.
	 * @param directory the directory
	 * @param wait whether to wait for a living master to end
	 * @return the open file, which has the lock until it is closed; or {@code null} if a
	 * living master has it
	 * @throws IOException if the file can't be written, or the thread is interrupted
	 */
	static @Nullable FileChannel lock(Path directory, boolean wait) throws IOException {
		Path file = in(directory);
		while (true) {
			FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
					StandardOpenOption.WRITE);
			// Another process may remove the file between open and lock.
			Object before = identity(file);
			if (wait) {
				channel.lock();
			}
			else if (!tryLock(channel)) {
				channel.close();
				return null;
			}
			if (before != null && before.equals(identity(file))) {
				return channel;
			}
			channel.close();
		}
	}

	/**
	 * Say who has the lock.
	 * @param channel the open file
	 * @param pid the id of the master's process
	 * @param temporary whether the directory goes with the master
	 * @throws IOException if it can't be written
	 */
	static void write(FileChannel channel, long pid, boolean temporary) throws IOException {
		channel.truncate(0);
		channel.write(ByteBuffer
			.wrap("%d%n%s%n".formatted(pid, temporary ? TEMPORARY : "permanent").getBytes(StandardCharsets.UTF_8)));
	}

	static String holder(Path directory) {
		try {
			return Files.readString(in(directory)).lines().findFirst().orElse("unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

	static boolean isTemporary(FileChannel channel) throws IOException {
		// Not by way of another channel: to close that would give up the lock.
		ByteBuffer content = ByteBuffer.allocate(LONGEST);
		channel.read(content);
		return new String(content.array(), 0, content.position(), StandardCharsets.UTF_8).contains(TEMPORARY);
	}

	private static boolean tryLock(FileChannel channel) throws IOException {
		try {
			FileLock lock = channel.tryLock();
			return lock != null;
		}
		catch (OverlappingFileLockException ex) {
			return false;
		}
	}

	private static @Nullable Object identity(Path file) throws IOException {
		try {
			return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

}
