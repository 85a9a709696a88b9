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

package io.prefork.boot.shared;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * Bytes in the memory of all workers. Immutable.
 */
public final class SharedBytes {

	private final Path file;

	private final MappedByteBuffer buffer;

	SharedBytes(Path file) throws IOException {
		this.file = file;
		try (FileChannel channel = FileChannel.open(file)) {
			this.buffer = channel.map(MapMode.READ_ONLY, 0, channel.size());
		}
	}

	/**
	 * The bytes, which are at most 2 GiB.
	 * @return a buffer of its own, which can't be written; any thread may have one
	 */
	public ByteBuffer buffer() {
		return this.buffer.duplicate();
	}

	/**
	 * Where they are, for those who want to map them in another way: as a
	 * {@code MemorySegment} for instance, which has no limit (Java 22 and later).
	 * @return the file, which can't be written
	 */
	public Path file() {
		return this.file;
	}

	/**
	 * Writes the bytes.
	 */
	@FunctionalInterface
	public interface Content {

		/**
		 * Write them.
		 * @param out takes them; need not be closed
		 * @throws IOException if they can't be written: then the worker does not boot
		 */
		void writeTo(OutputStream out) throws IOException;

	}

}
