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

package io.prefork.launcher.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.edge.WorkerSession;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.Message;
import io.prefork.protocol.Message.Purpose;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BroadcastHandler} with a real socket.
 */
@Timeout(60)
class BroadcastHandlerTests {

	private static final int MANY = 5_000;

	private final Path socket;

	private final ControlServer server;

	BroadcastHandlerTests(@TempDir Path directory) {
		this.socket = directory.resolve("control.sock");
		this.server = ControlServer.open(this.socket, new Heard());
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void whenOneSaysSomethingThenAllOthersHearIt() throws IOException {
		try (ControlClient first = join(0); ControlClient second = join(1); ControlClient third = join(2)) {
			meet(first, second, third);

			first.say(broadcast(1, "hello"));
			second.say(broadcast(2, "you too"));

			assertThat(next(second)).isEqualTo(1);
			assertThat(next(first)).isEqualTo(2);
			assertThat(next(third)).isIn(1L, 2L);
			assertThat(next(third)).isIn(1L, 2L);
		}
	}

	@Test
	void whenOneDoesNotReadThenTheOthersMissNothing() throws IOException {
		try (ControlClient first = join(0); ControlClient deaf = join(1); ControlClient third = join(2)) {
			meet(first, deaf, third);
			for (int i = 1; i <= MANY; i++) {
				first.say(broadcast(i, "x".repeat(1000)));
				assertThat(next(third)).isEqualTo(i);
			}
			assertThat(next(deaf)).isEqualTo(1);
		}
	}

	@Test
	void whenOneSaysWhatIsNotOfTheProtocolThenItIsHungUpOn() throws IOException {
		try (ControlClient first = join(0); ControlClient second = join(1)) {
			meet(first, second);

			first.say(ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).putInt(0).flip());

			assertThat(first.isHungUpOn()).isTrue();
		}
	}

	/**
	 * Wait until each of them takes part: then what it says is heard.
	 */
	private static void meet(ControlClient... clients) throws IOException {
		for (int i = 1; i < clients.length; i++) {
			clients[i].say(broadcast(0, "here"));
			for (int other = 0; other < i; other++) {
				assertThat(sequence(clients[other].hear())).isZero();
			}
		}
	}

	/**
	 * What somebody hears next; one who takes part early hears more that others are here.
	 */
	private static long next(ControlClient client) throws IOException {
		long sequence = sequence(client.hear());
		return (sequence == 0) ? next(client) : sequence;
	}

	private ControlClient join(int slot) throws IOException {
		WorkerSession session = this.server.expect(new WorkerId(slot, 1));
		session.started(ProcessHandle.current().pid());
		ControlClient client = new ControlClient(this.socket);
		client.say(new Message.Hello(1, Purpose.BROADCAST, slot, 1, session.token()));
		return client;
	}

	private static Message.Broadcast broadcast(int sequence, String content) {
		return new Message.Broadcast(0, sequence, "topic", StandardCharsets.US_ASCII.encode(content));
	}

	private static long sequence(@Nullable Message message) {
		return (message instanceof Message.Broadcast broadcast) ? broadcast.sequence() : -1;
	}

}
