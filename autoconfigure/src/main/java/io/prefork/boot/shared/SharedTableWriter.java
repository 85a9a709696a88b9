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

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Takes the entries of a {@link SharedTable}. Needs no memory for them. For one thread.
 */
public final class SharedTableWriter implements AutoCloseable {

	private static final int BUFFER = 1 << 16;

	/**
	 * In place of the length of a key: there is nothing more in this chunk.
	 */
	private static final int END_OF_CHUNK = -1;

	private final FileChannel channel;

	private final DataOutputStream out;

	private long position;

	private long entries;

	SharedTableWriter(Path file) throws IOException {
		this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
				StandardOpenOption.READ, StandardOpenOption.WRITE);
		this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(this.channel), BUFFER));
		fill(SharedTable.HEADER);
	}

	/**
	 * Put an entry into the table.
	 * @param key the key, which no other entry has; the same as its eight bytes in the
	 * order of the network
	 * @param value the value
	 * @throws IOException if it can't be written
	 */
	public void put(long key, byte[] value) throws IOException {
		put(ByteBuffer.allocate(Long.BYTES).putLong(key).array(), value);
	}

	/**
	 * Put an entry into the table.
	 * @param key the key, which no other entry has
	 * @param value the value; key and value have less than 1 GiB together
	 * @throws IOException if it can't be written
	 */
	public void put(byte[] key, byte[] value) throws IOException {
		long length = (long) SharedTable.LENGTHS + key.length + value.length;
		if (length > MappedFile.CHUNK) {
			throw new IllegalArgumentException("An entry has %d bytes, which is too much".formatted(length));
		}
		long rest = MappedFile.CHUNK - this.position % MappedFile.CHUNK;
		if (rest < length) {
			endChunk(rest);
		}
		this.out.writeInt(key.length);
		this.out.writeInt(value.length);
		this.out.write(key);
		this.out.write(value);
		this.position += length;
		this.entries++;
	}

	/**
	 * All entries are there: make them found.
	 * @throws IOException if that can't be written
	 */
	void finish() throws IOException {
		long end = this.position;
		long gap = -end & (Slots.SIZE - 1);
		// Three of four slots are taken at most.
		long count = Math.max(2, Long.highestOneBit(this.entries + this.entries / 3) << 1);
		fill(gap);
		// Written, so that a full disk is an error, and not a signal when it is mapped.
		fill(count * Slots.SIZE);
		this.out.flush();
		MappedFile file = MappedFile.of(this.channel, MapMode.READ_WRITE);
		index(file, end, new Slots(file, end + gap, count - 1));
		file.putLong(0, this.entries);
		file.putLong(Long.BYTES, end + gap);
		file.putLong(2 * Long.BYTES, count);
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	private static void index(MappedFile file, long end, Slots slots) {
		long position = SharedTable.HEADER;
		while (position < end) {
			long rest = MappedFile.CHUNK - position % MappedFile.CHUNK;
			if (rest < SharedTable.LENGTHS || file.getInt(position) == END_OF_CHUNK) {
				position += rest;
			}
			else {
				add(file, position, slots);
				position += (long) SharedTable.LENGTHS + file.getInt(position) + file.getInt(position + Integer.BYTES);
			}
		}
	}

	private static void add(MappedFile file, long position, Slots slots) {
		ByteBuffer key = SharedTable.key(file, position);
		long hash = KeyHash.of(key.duplicate());
		long slot = slots.first(hash);
		for (long other = slots.entry(slot); other != 0; other = slots.entry(slot)) {
			if (SharedTable.key(file, other).equals(key)) {
				throw new IllegalArgumentException("A key of %d bytes is there twice".formatted(key.remaining()));
			}
			slot = slots.next(slot);
		}
		slots.put(slot, hash, position);
	}

	private void endChunk(long rest) throws IOException {
		long filled = 0;
		if (rest >= SharedTable.LENGTHS) {
			this.out.writeInt(END_OF_CHUNK);
			filled = Integer.BYTES;
			this.position += filled;
		}
		fill(rest - filled);
	}

	private void fill(long bytes) throws IOException {
		byte[] zeros = new byte[BUFFER];
		for (long done = 0; done < bytes; done += BUFFER) {
			this.out.write(zeros, 0, (int) Math.min(BUFFER, bytes - done));
		}
		this.position += bytes;
	}

}
