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

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link FieldWriter} wrote. Every method throws {@link ProtocolException}
 * when the frame ends too early or a value is out of range.
 */
final class FieldReader {

	private final ByteBuffer in;

	FieldReader(ByteBuffer in) {
		this.in = in;
	}

	int number() {
		try {
			return this.in.getInt();
		}
		catch (BufferUnderflowException ex) {
			throw new ProtocolException("The frame ends within a number", ex);
		}
	}

	long count() {
		try {
			return this.in.getLong();
		}
		catch (BufferUnderflowException ex) {
			throw new ProtocolException("The frame ends within a count or a duration", ex);
		}
	}

	boolean flag() {
		try {
			return this.in.get() != 0;
		}
		catch (BufferUnderflowException ex) {
			throw new ProtocolException("The frame ends within a flag", ex);
		}
	}

	String text() {
		return new String(content("text"), StandardCharsets.UTF_8);
	}

	ByteBuffer bytes() {
		return ByteBuffer.wrap(content("block"));
	}

	private byte[] content(String what) {
		int length = number();
		if (length < 0 || length > this.in.remaining()) {
			throw new ProtocolException("The frame ends within a %s of %d bytes".formatted(what, length));
		}
		byte[] content = new byte[length];
		this.in.get(content);
		return content;
	}

}
