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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The types of {@link Message} with the number each has in a frame and how it is read.
 * Numbers are part of the protocol and never change.
 */
public enum MessageType {

	/**
	 * See {@link Message.Hello}.
	 */
	HELLO(1, (in) -> new Message.Hello(in.number(), Message.Purpose.of(in.number()), in.number(), in.number(),
			in.text())),

	/**
	 * See {@link Message.Listen}.
	 */
	LISTEN(2, MessageType::listen),

	/**
	 * See {@link Message.Listening}.
	 */
	LISTENING(3, (in) -> new Message.Listening(in.number(), Distribution.of(in.number()))),

	/**
	 * See {@link Message.Refused}.
	 */
	REFUSED(4, (in) -> new Message.Refused(in.number(), in.text())),

	/**
	 * See {@link Message.Ready}.
	 */
	READY(5, (in) -> new Message.Ready(in.number())),

	/**
	 * See {@link Message.Accept}.
	 */
	ACCEPT(6, (in) -> new Message.Accept(in.number())),

	/**
	 * See {@link Message.Drain}.
	 */
	DRAIN(7, (in) -> new Message.Drain(in.duration(), in.duration(), in.flag())),

	/**
	 * See {@link Message.Draining}.
	 */
	DRAINING(8, (in) -> new Message.Draining()),

	/**
	 * See {@link Message.Drained}.
	 */
	DRAINED(9, (in) -> new Message.Drained(in.number())),

	/**
	 * See {@link Message.Failed}.
	 */
	FAILED(10, (in) -> new Message.Failed(in.text())),

	/**
	 * See {@link Message.Described}.
	 */
	DESCRIBED(11, (in) -> {
		int size = in.number();
		Map<String, String> settings = new HashMap<>();
		for (int i = 0; i < size; i++) {
			settings.put(in.text(), in.text());
		}
		return new Message.Described(settings);
	}),

	/**
	 * See {@link Message.Heartbeat}.
	 */
	HEARTBEAT(12,
			(in) -> new Message.Heartbeat(in.duration(), in.duration(), in.count(), in.count(), in.number(),
					in.number(), in.count(), in.count())),

	/**
	 * See {@link Message.Stalled}.
	 */
	STALLED(13, (in) -> new Message.Stalled(in.text(), in.duration(), in.text())),

	/**
	 * See {@link Message.Dump}.
	 */
	DUMP(14, (in) -> new Message.Dump()),

	/**
	 * See {@link Message.ReopenLogs}.
	 */
	REOPEN_LOGS(15, (in) -> new Message.ReopenLogs()),

	/**
	 * See {@link Message.Handover}.
	 */
	HANDOVER(16, (in) -> {
		int size = in.number();
		List<Message.Listen> listeners = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			listeners.add(listen(in));
		}
		return new Message.Handover(listeners);
	}),

	/**
	 * See {@link Message.Proceed}.
	 */
	PROCEED(17, (in) -> new Message.Proceed()),

	/**
	 * See {@link Message.Cover}.
	 */
	COVER(18, (in) -> new Message.Cover(in.number(), in.number())),

	/**
	 * See {@link Message.Uncover}.
	 */
	UNCOVER(19, (in) -> new Message.Uncover(in.number(), in.number())),

	/**
	 * See {@link Message.Enough}.
	 */
	ENOUGH(20, (in) -> new Message.Enough());

	private final byte number;

	private final Function<FieldReader, Message> reader;

	MessageType(int number, Function<FieldReader, Message> reader) {
		this.number = (byte) number;
		this.reader = reader;
	}

	byte number() {
		return this.number;
	}

	Message read(FieldReader in) {
		return this.reader.apply(in);
	}

	private static Message.Listen listen(FieldReader in) {
		return new Message.Listen(in.number(), in.text(), in.number(), in.number(), in.number(), in.flag());
	}

	static @Nullable MessageType of(byte number) {
		for (MessageType type : values()) {
			if (type.number == number) {
				return type;
			}
		}
		return null;
	}

}
