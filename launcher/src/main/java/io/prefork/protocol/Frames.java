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

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

import org.jspecify.annotations.Nullable;

/**
 * The binary form of a {@link Message}: four bytes of length (of what follows), one byte
 * of type, the fields. Frames of an unknown type are skipped, so that a newer peer can
 * say more; a frame longer than {@value #MAX_LENGTH} bytes ends the connection.
 */
public final class Frames {

	/**
	 * The version of the protocol.
	 */
	public static final int VERSION = 1;

	/**
	 * The size of the length field, in bytes.
	 */
	public static final int LENGTH_FIELD = Integer.BYTES;

	/**
	 * The longest frame allowed, in bytes, without its length field.
	 */
	public static final int MAX_LENGTH = 256 * 1024;

	private Frames() {
	}

	/**
	 * Encode a message as one frame.
	 * @param message the message
	 * @return the frame, length field included
	 * @throws ProtocolException if the message is longer than a frame may be
	 */
	public static ByteBuffer encode(Message message) {
		FieldWriter fields = new FieldWriter();
		MessageTypes.write(message, fields);
		byte[] body = fields.toByteArray();
		checkLength(body.length);
		return ByteBuffer.allocate(LENGTH_FIELD + body.length).putInt(body.length).put(body).flip();
	}

	/**
	 * Decode the body of a frame, that is, what follows the length field.
	 * @param body the type and the fields
	 * @return the message, or {@code null} if its type is not known here
	 * @throws ProtocolException if the fields are not those of the type
	 */
	public static @Nullable Message decode(ByteBuffer body) {
		if (!body.hasRemaining()) {
			throw new ProtocolException("The frame is empty");
		}
		return MessageTypes.read(body.get(), new FieldReader(body));
	}

	/**
	 * Read the next message that is known here, blocking until it is complete.
	 * @param channel a blocking channel
	 * @return the message, or {@code null} when the other side has closed the channel
	 * @throws IOException if reading fails or the channel ends within a frame
	 * @throws ProtocolException if what arrives is not of this protocol
	 */
	public static @Nullable Message read(ReadableByteChannel channel) throws IOException {
		while (true) {
			ByteBuffer length = ByteBuffer.allocate(LENGTH_FIELD);
			if (channel.read(length) == -1) {
				return null;
			}
			fill(channel, length);
			ByteBuffer body = ByteBuffer.allocate(checkLength(length.getInt()));
			fill(channel, body);
			Message message = decode(body);
			if (message != null) {
				return message;
			}
		}
	}

	private static void fill(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
		while (buffer.hasRemaining()) {
			if (channel.read(buffer) == -1) {
				throw new EOFException("The channel ended within a frame");
			}
		}
		buffer.flip();
	}

	private static int checkLength(int length) {
		if (length < 1 || length > MAX_LENGTH) {
			throw new ProtocolException("A frame of %d bytes is not allowed".formatted(length));
		}
		return length;
	}

}
