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
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The file whose lock tells whether the master of a run directory lives. It says who that
 * is, and whether the directory goes with it. A directory without such a file is somebody
 * else's.
 */
final class LockFile implements AutoCloseable {

	private static final String NAME = "master.lock";

	private static final String TEMPORARY = "temporary";

	private static final Pattern CONTENT = Pattern.compile("\\d{1,10}\\n(temporary|permanent)\\n");

	private static final int LONGEST = 64;

	private final Path file;

	private final FileChannel channel;

	private final Object identity;

	private LockFile(Path file, FileChannel channel, Object identity) {
		this.file = file;
		this.channel = channel;
		this.identity = identity;
	}

	static Path in(Path directory) {
		return directory.resolve(NAME);
	}

	/**
	 * Whether a directory has such a file.
	 * @param directory a directory that this process has no lock of
	 * @return {@code true} if it has
	 */
	static boolean isIn(Path directory) {
		return CONTENT.matcher(content(directory)).matches();
	}

	/**
	 * Get the lock of a directory.
	 * @param directory the directory
	 * @param wait whether to wait for a living master to end
	 * @return the open file, which has the lock until it is closed; or {@code null} if a
	 * living master has it
	 * @throws IOException if the file can't be written or is something else, or the
	 * thread is interrupted
	 */
	static @Nullable LockFile lock(Path directory, boolean wait) throws IOException {
		Path file = in(directory);
		while (true) {
			FileChannel channel = PrivateFile.open(file);
			// Another process may remove the file between open and lock.
			Object before = FileIdentity.of(file, LinkOption.NOFOLLOW_LINKS);
			if (wait) {
				channel.lock();
			}
			else if (!PrivateFile.tryLock(channel)) {
				channel.close();
				return null;
			}
			if (before != null && before.equals(FileIdentity.of(file, LinkOption.NOFOLLOW_LINKS))) {
				return checked(new LockFile(file, channel, before));
			}
			channel.close();
		}
	}

	/**
	 * Say who has the lock.
	 * @param pid the id of the master's process
	 * @param temporary whether the directory goes with the master
	 * @throws IOException if it can't be written
	 */
	void write(long pid, boolean temporary) throws IOException {
		this.channel.truncate(0);
		this.channel.write(ByteBuffer
			.wrap("%d\n%s\n".formatted(pid, temporary ? TEMPORARY : "permanent").getBytes(StandardCharsets.UTF_8)), 0);
	}

	/**
	 * Whether the file is still where it was locked.
	 * @return {@code false} if it is gone, or another one is there
	 * @throws IOException if that can't be told
	 */
	boolean isInPlace() throws IOException {
		return this.identity.equals(FileIdentity.of(this.file, LinkOption.NOFOLLOW_LINKS));
	}

	boolean isTemporary() throws IOException {
		return read().contains(TEMPORARY);
	}

	boolean isOpen() {
		return this.channel.isOpen();
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	static String holder(Path directory) {
		return content(directory).lines().findFirst().orElse("unknown");
	}

	private String read() throws IOException {
		// Not by way of another channel: to close that would give up the lock.
		ByteBuffer content = ByteBuffer.allocate(LONGEST);
		this.channel.read(content, 0);
		return new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
	}

	private static LockFile checked(LockFile lock) throws IOException {
		String content = lock.read();
		// Empty is a new one, or that of a master that died before it wrote.
		if (!content.isEmpty() && !CONTENT.matcher(content).matches()) {
			lock.close();
			throw new IOException(lock.file + " is not a master's lock file");
		}
		return lock;
	}

	private static String content(Path directory) {
		try (InputStream file = Files.newInputStream(in(directory), LinkOption.NOFOLLOW_LINKS)) {
			return new String(file.readNBytes(LONGEST), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return "";
		}
	}

}
