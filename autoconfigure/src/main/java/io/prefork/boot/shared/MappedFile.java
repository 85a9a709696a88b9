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
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * A file in memory, which may be larger than one buffer: what belongs together lies in
 * one chunk.
 */
final class MappedFile {

	static final long CHUNK = 1L << 30;

	private final MappedByteBuffer[] chunks;

	private MappedFile(MappedByteBuffer[] chunks) {
		this.chunks = chunks;
	}

	static MappedFile of(FileChannel file, MapMode mode) throws IOException {
		long size = file.size();
		MappedByteBuffer[] chunks = new MappedByteBuffer[(int) ((size + CHUNK - 1) / CHUNK)];
		for (int i = 0; i < chunks.length; i++) {
			chunks[i] = file.map(mode, i * CHUNK, Math.min(CHUNK, size - i * CHUNK));
		}
		return new MappedFile(chunks);
	}

	MappedByteBuffer chunk(long position) {
		return this.chunks[(int) (position / CHUNK)];
	}

	static int within(long position) {
		return (int) (position % CHUNK);
	}

	long getLong(long position) {
		return chunk(position).getLong(within(position));
	}

	int getInt(long position) {
		return chunk(position).getInt(within(position));
	}

	void putLong(long position, long value) {
		chunk(position).putLong(within(position), value);
	}

}
