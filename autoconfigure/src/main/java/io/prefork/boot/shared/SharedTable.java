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
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A table of keys and values in the memory of all workers. Immutable. A look-up copies
 * nothing.
 *
 * <p>
 * The file begins with a header of 64 bytes: how many entries there are, where the slots
 * are and how many. Then come the entries (length of the key, length of the value, key,
 * value), and a power of two of slots with the hash of a key and the position of its
 * entry each; position 0 is a free slot. All numbers are in the order of the network.
 */
public final class SharedTable {

	static final int HEADER = 64;

	static final int LENGTHS = 8;

	private final MappedFile file;

	private final long size;

	private final Slots slots;

	SharedTable(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file)) {
			this.file = MappedFile.of(channel, MapMode.READ_ONLY);
		}
		this.size = this.file.getLong(0);
		this.slots = new Slots(this.file, this.file.getLong(Long.BYTES), this.file.getLong(2 * Long.BYTES) - 1);
	}

	/**
	 * How many entries there are.
	 * @return the number
	 */
	public long size() {
		return this.size;
	}

	/**
	 * Look a key up.
	 * @param key the key, which is the same as its eight bytes in the order of the
	 * network
	 * @return the value, in a buffer of its own that can't be written; {@code null} if
	 * there is none
	 */
	public @Nullable ByteBuffer get(long key) {
		long hash = KeyHash.of(key);
		long slot = this.slots.first(hash);
		for (long entry = this.slots.entry(slot); entry != 0; entry = this.slots.entry(slot)) {
			if (this.slots.hash(slot) == hash && this.file.getInt(entry) == Long.BYTES
					&& this.file.getLong(entry + LENGTHS) == key) {
				return value(entry);
			}
			slot = this.slots.next(slot);
		}
		return null;
	}

	/**
	 * Look a key up.
	 * @param key the key
	 * @return the value, in a buffer of its own that can't be written; {@code null} if
	 * there is none
	 */
	public @Nullable ByteBuffer get(byte[] key) {
		long hash = KeyHash.of(key);
		long slot = this.slots.first(hash);
		for (long entry = this.slots.entry(slot); entry != 0; entry = this.slots.entry(slot)) {
			if (this.slots.hash(slot) == hash && key(this.file, entry).equals(ByteBuffer.wrap(key))) {
				return value(entry);
			}
			slot = this.slots.next(slot);
		}
		return null;
	}

	private ByteBuffer value(long position) {
		int key = this.file.getInt(position);
		int value = this.file.getInt(position + Integer.BYTES);
		return this.file.chunk(position).slice(MappedFile.within(position) + LENGTHS + key, value);
	}

	static ByteBuffer key(MappedFile file, long position) {
		return file.chunk(position).slice(MappedFile.within(position) + LENGTHS, file.getInt(position));
	}

	/**
	 * Writes the entries.
	 */
	@FunctionalInterface
	public interface Content {

		/**
		 * Write them.
		 * @param table takes them
		 * @throws IOException if they can't be written: then the worker does not boot
		 */
		void writeTo(SharedTableWriter table) throws IOException;

	}

}
