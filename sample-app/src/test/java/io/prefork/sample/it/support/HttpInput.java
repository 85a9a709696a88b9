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

package io.prefork.sample.it.support;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * A reused buffer over a stream that hands out lines and runs of bytes without creating
 * objects.
 */
final class HttpInput {

	private final byte[] buffer = new byte[16 * 1024];

	private InputStream in = InputStream.nullInputStream();

	private int position;

	private int limit;

	private int lineStart;

	private int lineEnd;

	private boolean started;

	void from(InputStream in) {
		this.in = in;
		this.position = 0;
		this.limit = 0;
	}

	/**
	 * Say that what comes next is another response.
	 */
	void startOver() {
		this.started = false;
	}

	/**
	 * Tell whether at least one byte of the current response was read.
	 * @return whether the response has started
	 */
	boolean isStarted() {
		return this.started;
	}

	/**
	 * Read a line, which stays valid until the next call.
	 * @throws EOFException if the stream ended before the end of the line
	 * @throws IOException if reading fails
	 */
	void readLine() throws IOException {
		int scanned = 0;
		while (true) {
			for (int i = this.position + scanned; i < this.limit; i++) {
				if (this.buffer[i] == '\n') {
					this.lineStart = this.position;
					this.lineEnd = (i > this.position && this.buffer[i - 1] == '\r') ? i - 1 : i;
					this.position = i + 1;
					return;
				}
			}
			scanned = this.limit - this.position;
			fill();
		}
	}

	boolean isEmptyLine() {
		return this.lineEnd == this.lineStart;
	}

	boolean isHeader(byte[] lowerCaseName) {
		if (this.lineEnd - this.lineStart < lowerCaseName.length) {
			return false;
		}
		for (int i = 0; i < lowerCaseName.length; i++) {
			byte b = this.buffer[this.lineStart + i];
			if (((b >= 'A' && b <= 'Z') ? b + 32 : b) != lowerCaseName[i]) {
				return false;
			}
		}
		return true;
	}

	String line(int offset) {
		return new String(this.buffer, this.lineStart + offset, this.lineEnd - this.lineStart - offset,
				StandardCharsets.ISO_8859_1);
	}

	/**
	 * Read some bytes of which only the first are wanted.
	 * @param most how many bytes to read at most
	 * @param target where the first of them go
	 * @param offset the first free index of the target
	 * @return how many bytes were read, at least one
	 * @throws EOFException if the stream ended
	 * @throws IOException if reading fails
	 */
	int read(long most, byte[] target, int offset) throws IOException {
		if (this.position == this.limit) {
			fill();
		}
		int count = (int) Math.min(most, this.limit - this.position);
		System.arraycopy(this.buffer, this.position, target, offset, Math.min(count, target.length - offset));
		this.position += count;
		return count;
	}

	private void fill() throws IOException {
		System.arraycopy(this.buffer, this.position, this.buffer, 0, this.limit - this.position);
		this.limit -= this.position;
		this.position = 0;
		if (this.limit == this.buffer.length) {
			throw new ProtocolException("A line of the response is too long");
		}
		int count = this.in.read(this.buffer, this.limit, this.buffer.length - this.limit);
		if (count < 0) {
			throw new EOFException("The server closed the connection");
		}
		this.started = true;
		this.limit += count;
	}

}
