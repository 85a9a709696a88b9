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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes what the fields of a message are made of; numbers are big-endian.
 */
final class FieldWriter {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	FieldWriter octet(int value) {
		this.bytes.write(value);
		return this;
	}

	FieldWriter number(int value) {
		return octet(value >> 24).octet(value >> 16).octet(value >> 8).octet(value);
	}

	FieldWriter count(long value) {
		return number((int) (value >> Integer.SIZE)).number((int) value);
	}

	FieldWriter flag(boolean value) {
		return octet(value ? 1 : 0);
	}

	/**
	 * Write a text.
	 * @param value the text, which gets its UTF-8 length in four bytes before it
	 * @return this
	 */
	FieldWriter text(String value) {
		byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
		number(encoded.length);
		this.bytes.writeBytes(encoded);
		return this;
	}

	/**
	 * Write bytes.
	 * @param value the bytes from its position on, which get their number in four bytes
	 * before them
	 * @return this
	 */
	FieldWriter bytes(ByteBuffer value) {
		byte[] content = new byte[value.remaining()];
		value.duplicate().get(content);
		number(content.length);
		this.bytes.writeBytes(content);
		return this;
	}

	byte[] toByteArray() {
		return this.bytes.toByteArray();
	}

}
