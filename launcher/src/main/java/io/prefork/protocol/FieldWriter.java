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

package io.prefork.protocol;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Writes the fields of a message: numbers as four bytes, counts as eight, durations as
 * eight bytes of milliseconds, flags as one byte of 0 or 1, text as its UTF-8 length in
 * four bytes and the bytes; all big-endian.
 */
public final class FieldWriter {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final DataOutputStream out = new DataOutputStream(this.bytes);

	FieldWriter() {
	}

	FieldWriter octet(byte value) {
		this.bytes.write(value);
		return this;
	}

	FieldWriter number(int value) {
		return write(() -> this.out.writeInt(value));
	}

	FieldWriter count(long value) {
		return write(() -> this.out.writeLong(value));
	}

	FieldWriter flag(boolean value) {
		return write(() -> this.out.writeBoolean(value));
	}

	FieldWriter duration(Duration value) {
		return write(() -> this.out.writeLong(value.toMillis()));
	}

	FieldWriter text(String value) {
		byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
		return write(() -> {
			this.out.writeInt(encoded.length);
			this.out.write(encoded);
		});
	}

	byte[] toByteArray() {
		return this.bytes.toByteArray();
	}

	private FieldWriter write(Field field) {
		try {
			field.write();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Writing to memory failed", ex);
		}
	}

	private interface Field {

		void write() throws IOException;

	}

}
