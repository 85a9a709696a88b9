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

package io.prefork.boot.leader;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.prefork.rundir.FileIdentity;
import io.prefork.rundir.PrivateFile;

/**
 * The lock that only one process has, and that the system takes away when that process
 * ends, however it ends (see fcntl(2)). So there are never two leaders, whatever masters
 * know of them. One thread at a time, {@link #isReplaced} apart.
 */
final class LeaderLock {

	private final Path file;

	private @Nullable FileChannel channel;

	private volatile @Nullable Object identity;

	LeaderLock(Path file) {
		this.file = file;
	}

	/**
	 * Get the lock if nobody has it.
	 * @return {@code false} if somebody has
	 * @throws IOException if the file can't be opened or locked
	 */
	boolean tryAcquire() throws IOException {
		release();
		FileChannel opened = PrivateFile.open(this.file);
		this.channel = opened;
		this.identity = FileIdentity.of(this.file, LinkOption.NOFOLLOW_LINKS);
		// Another one may have come into its place meanwhile.
		return PrivateFile.tryLock(opened) && !isReplaced();
	}

	/**
	 * Whether there is another file in place of the one that is locked: somebody has
	 * removed that one, and others lock the new one.
	 * @return {@code true} if the lock is worth nothing any more
	 */
	boolean isReplaced() {
		try {
			Object now = FileIdentity.of(this.file, LinkOption.NOFOLLOW_LINKS);
			return now != null && !now.equals(this.identity);
		}
		catch (IOException ex) {
			return false;
		}
	}

	void release() throws IOException {
		FileChannel held = this.channel;
		this.channel = null;
		if (held != null) {
			held.close();
		}
	}

}
