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

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * All kinds of {@link Message} by the type of their frames.
 */
final class MessageTypes {

	private static final Map<Byte, RecordCodec> BY_NUMBER = new HashMap<>();

	private static final Map<Class<?>, Byte> NUMBERS = new HashMap<>();

	static {
		records(Message.class).forEach((type) -> {
			byte number = type.getAnnotation(FrameType.class).value();
			NUMBERS.put(type, number);
			BY_NUMBER.put(number, new RecordCodec(type));
		});
	}

	private MessageTypes() {
	}

	/**
	 * All kinds of messages.
	 * @return their classes
	 */
	static Set<Class<?>> all() {
		return NUMBERS.keySet();
	}

	static void write(Message message, FieldWriter out) {
		Byte number = Objects.requireNonNull(NUMBERS.get(message.getClass()));
		out.octet(number);
		Objects.requireNonNull(BY_NUMBER.get(number)).write(message, out);
	}

	/**
	 * Read a message.
	 * @param number the type of its frame
	 * @param in its fields
	 * @return the message, or {@code null} if its type is not known here
	 */
	static @Nullable Message read(byte number, FieldReader in) {
		RecordCodec codec = BY_NUMBER.get(number);
		return (codec != null) ? (Message) codec.read(in) : null;
	}

	private static Stream<Class<?>> records(Class<?> type) {
		return type.isRecord() ? Stream.of(type)
				: Arrays.stream(type.getPermittedSubclasses()).flatMap(MessageTypes::records);
	}

}
