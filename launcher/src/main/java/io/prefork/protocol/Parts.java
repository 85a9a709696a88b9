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

/**
 * What is too long for one message, in parts.
 */
public final class Parts {

	/**
	 * So much is in one message.
	 */
	private static final int LENGTH = 64 * 1024;

	private Parts() {
	}

	/**
	 * Send something.
	 * @param content what; may be empty
	 * @param sender is given its parts in order, of which there is at least one
	 */
	public static void send(byte[] content, Sender sender) {
		int from = 0;
		do {
			int length = Math.min(LENGTH, content.length - from);
			sender.send(ByteBuffer.wrap(content, from, length), from + length == content.length);
			from += length;
		}
		while (from < content.length);
	}

	/**
	 * Add a part to those that came before.
	 * @param parts those that came before
	 * @param part the part, which stays as it is
	 */
	public static void add(ByteArrayOutputStream parts, ByteBuffer part) {
		byte[] bytes = new byte[part.remaining()];
		part.duplicate().get(bytes);
		parts.writeBytes(bytes);
	}

	/**
	 * Sends one part.
	 */
	public interface Sender {

		/**
		 * Send a part.
		 * @param part the part
		 * @param last whether it is the last one
		 */
		void send(ByteBuffer part, boolean last);

	}

}
