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

package io.prefork.boot.control;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

import io.prefork.protocol.FromWorker;

/**
 * Sends what is too long for one message in parts.
 */
interface PeerParts {

	/**
	 * So much is in one message.
	 */
	int PART = 64 * 1024;

	/**
	 * Make a message of a part.
	 * @param part the part
	 * @param last whether it is the last one
	 * @return the message
	 */
	FromWorker message(ByteBuffer part, boolean last);

	/**
	 * Send something.
	 * @param content what; may be empty
	 * @param messages makes messages of its parts, of which there is at least one
	 * @param master is sent the messages
	 */
	static void send(byte[] content, PeerParts messages, Consumer<FromWorker> master) {
		int from = 0;
		do {
			int length = Math.min(PART, content.length - from);
			master.accept(messages.message(ByteBuffer.wrap(content, from, length), from + length == content.length));
			from += length;
		}
		while (from < content.length);
	}

}
