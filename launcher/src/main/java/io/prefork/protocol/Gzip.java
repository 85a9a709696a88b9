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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes what workers tell each other small: metrics become less than a tenth.
 */
public final class Gzip {

	private Gzip() {
	}

	/**
	 * Compress something.
	 * @param content what
	 * @return the compressed form, see RFC 1952
	 */
	public static byte[] compress(byte[] content) {
		ByteArrayOutputStream small = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(small)) {
			out.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Memory can't be written", ex);
		}
		return small.toByteArray();
	}

	/**
	 * Expand something.
	 * @param small the compressed form
	 * @return what was compressed
	 * @throws UncheckedIOException if it was not
	 */
	public static byte[] expand(byte[] small) {
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(small))) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("What another worker has sent is damaged", ex);
		}
	}

}
