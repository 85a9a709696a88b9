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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.prefork.contract.Distribution;

/**
 * The bytes of each message, written down by hand.
 */
final class GoldenMessages {

	private static final Path FILE = Path.of("src/test/resources/golden/messages.txt");

	private GoldenMessages() {
	}

	static Map<String, ByteBuffer> frames() throws IOException {
		Map<String, ByteBuffer> frames = new LinkedHashMap<>();
		for (String line : Files.readAllLines(FILE)) {
			if (!line.startsWith("#")) {
				String[] parts = line.split(":", 2);
				frames.put(parts[0], ByteBuffer.wrap(HexFormat.of().parseHex(parts[1].replace(" ", ""))));
			}
		}
		return frames;
	}

	static Map<String, Message> messages() {
		Map<String, Message> messages = new LinkedHashMap<>();
		messages.put("hello-control", new Message.Hello(1, Message.Purpose.CONTROL, 2, 3, "abc"));
		messages.put("hello-descriptors", new Message.Hello(1, Message.Purpose.DESCRIPTORS, 0, 1, ""));
		messages.put("listen", new FromWorker.Listen(7, "127.0.0.1", 8080, 1));
		messages.put("listening", new FromMaster.Listening(7, Distribution.REUSEPORT));
		messages.put("refused", new FromMaster.Refused(7, "in use"));
		messages.put("ready", new FromWorker.Ready(200));
		messages.put("accept", new FromMaster.Accept(3));
		messages.put("drain", new FromMaster.Drain(Duration.ofSeconds(30), Duration.ofSeconds(1), true));
		messages.put("draining", new FromWorker.Draining());
		messages.put("drained", new FromWorker.Drained(4));
		messages.put("failed", new FromWorker.Failed("Gr\u00fc\u00dfe"));
		messages.put("described", new Message.Described(Map.of("workers", "auto", "backlog", "128")));
		messages.put("described-nothing", new Message.Described(Map.of()));
		messages.put("heartbeat",
				new FromWorker.Heartbeat(Duration.ofMillis(1500), Duration.ofMillis(7), 100, 5, 2, 3, 64, 128));
		messages.put("stalled", new FromWorker.Stalled("loop-1", Duration.ofMillis(700), "at A.b"));
		messages.put("dump", new FromMaster.Dump());
		messages.put("reopen-logs", new FromMaster.ReopenLogs());
		messages.put("hello-predecessor", new Message.Hello(1, Message.Purpose.PREDECESSOR, 0, 0, "abc"));
		messages.put("hello-listeners", new Message.Hello(1, Message.Purpose.LISTENERS, 0, 0, "abc"));
		messages.put("handover", new FromPredecessor.Handover(List.of(new FromWorker.Listen(0, "127.0.0.1", 8080, 0),
				new FromWorker.Listen(0, "::", 0, 1, 3, true))));
		messages.put("proceed", new FromNewMaster.Proceed());
		messages.put("hello-connections", new Message.Hello(1, Message.Purpose.CONNECTIONS, 2, 3, "abc"));
		messages.put("assignSocket", new FromMaster.AssignSocket(7, 3));
		messages.put("revokeSocket", new FromMaster.RevokeSocket(7, 3));
		messages.put("stopDispatch", new FromWorker.StopDispatch());
		return messages;
	}

}
