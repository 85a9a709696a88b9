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
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads HTTP/1.1 responses (RFC 9112), as little of them as a load generator needs.
 */
final class HttpResponseReader {

	private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] \\d{3}( .*)?");

	private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] TRANSFER_ENCODING = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] CONNECTION = "connection:".getBytes(StandardCharsets.US_ASCII);

	private static final int MAX_BODY_TEXT = 64;

	private final HttpInput input = new HttpInput();

	private final byte[] body = new byte[MAX_BODY_TEXT];

	private int bodyLength;

	private int status;

	private boolean toBeClosed;

	private boolean chunked;

	private long contentLength;

	void from(InputStream in) {
		this.input.from(in);
	}

	/**
	 * Forget the last response.
	 */
	void reset() {
		this.input.startOver();
		this.bodyLength = 0;
		this.status = 0;
	}

	/**
	 * Read a response to its end.
	 * @throws EOFException if the stream ended earlier
	 * @throws ProtocolException if it is not HTTP/1.x
	 * @throws IOException if reading fails
	 */
	void read() throws IOException {
		do {
			readHead();
		}
		while (this.status >= 100 && this.status < 200);
		if (this.status == 204 || this.status == 304) {
			return;
		}
		if (this.chunked) {
			readChunks();
		}
		else if (this.contentLength >= 0) {
			readBody(this.contentLength);
		}
		else {
			this.toBeClosed = true;
			readToEnd();
		}
	}

	/**
	 * Read everything up to the end of the stream.
	 * @throws IOException if reading fails
	 */
	void readToEnd() throws IOException {
		try {
			while (true) {
				readBody(Long.MAX_VALUE);
			}
		}
		catch (EOFException ex) {
			// This is what was waited for.
		}
	}

	boolean isStarted() {
		return this.input.isStarted();
	}

	int status() {
		return this.status;
	}

	/**
	 * Tell whether the connection can't be used for another request.
	 * @return whether the server said that it will close the connection
	 */
	boolean isToBeClosed() {
		return this.toBeClosed;
	}

	String body() {
		return new String(this.body, 0, this.bodyLength, StandardCharsets.UTF_8);
	}

	byte[] bodyBytes() {
		return Arrays.copyOf(this.body, this.bodyLength);
	}

	boolean isBody(byte[] other) {
		return Arrays.equals(this.body, 0, this.bodyLength, other, 0, other.length);
	}

	private void readHead() throws IOException {
		this.input.readLine();
		String statusLine = this.input.line(0);
		if (!STATUS_LINE.matcher(statusLine).matches()) {
			throw new ProtocolException("Not a status line: " + statusLine);
		}
		this.status = Integer.parseInt(statusLine, 9, 12, 10);
		this.toBeClosed = statusLine.startsWith("HTTP/1.0");
		this.chunked = false;
		this.contentLength = -1;
		this.input.readLine();
		while (!this.input.isEmptyLine()) {
			readHeader();
			this.input.readLine();
		}
	}

	private void readHeader() throws IOException {
		if (this.input.isHeader(CONTENT_LENGTH)) {
			this.contentLength = number(this.input.line(CONTENT_LENGTH.length), 10);
		}
		else if (this.input.isHeader(TRANSFER_ENCODING)) {
			this.chunked = headerValue(TRANSFER_ENCODING).contains("chunked");
		}
		else if (this.input.isHeader(CONNECTION)) {
			this.toBeClosed = headerValue(CONNECTION).contains("close");
		}
	}

	private String headerValue(byte[] name) {
		return this.input.line(name.length).toLowerCase(Locale.ROOT);
	}

	private void readChunks() throws IOException {
		while (true) {
			this.input.readLine();
			long size = number(this.input.line(0).split(";", 2)[0], 16);
			if (size == 0) {
				break;
			}
			readBody(size);
			this.input.readLine();
		}
		do {
			this.input.readLine();
		}
		while (!this.input.isEmptyLine());
	}

	private void readBody(long length) throws IOException {
		long remaining = length;
		while (remaining > 0) {
			int count = this.input.read(remaining, this.body, this.bodyLength);
			this.bodyLength = Math.min(MAX_BODY_TEXT, this.bodyLength + count);
			remaining -= count;
		}
	}

	private static long number(String text, int radix) throws ProtocolException {
		try {
			return Long.parseLong(text.trim(), radix);
		}
		catch (NumberFormatException ex) {
			throw new ProtocolException("Not a length: " + text);
		}
	}

}
