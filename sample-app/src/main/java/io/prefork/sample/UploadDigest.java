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

package io.prefork.sample;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Sums up a body buffer by buffer, keeping none of them.
 */
final class UploadDigest {

	private final MessageDigest digest = sha256();

	private long size;

	void update(DataBuffer buffer) {
		try (DataBuffer.ByteBufferIterator parts = buffer.readableByteBuffers()) {
			this.size += buffer.readableByteCount();
			parts.forEachRemaining(this.digest::update);
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	Upload result() {
		return new Upload(this.size, HexFormat.of().formatHex(this.digest.digest()));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
