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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.contract.Distribution;
import io.prefork.contract.UnixSocketAddress;
import io.prefork.launcher.edge.WorkerSession;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.Frames;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.Message;
import io.prefork.protocol.Message.Purpose;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ControlServer} with real Unix sockets; this JVM plays the worker.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ControlServerTests {

	private static final WorkerId ID = new WorkerId(1, 3);

	private static final long PID = ProcessHandle.current().pid();

	private @Nullable WorkerSession session;

	private final Heard heard = new Heard();

	private final Path socket;

	private final ControlServer server;

	ControlServerTests(@TempDir Path directory) {
		this.socket = directory.resolve("control.sock");
		this.server = ControlServer.open(this.socket, this.heard);
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whenWorkerSaysWhoItIsThenMessagesPassBothWays() throws Exception {
		String token = expect(PID);
		try (ControlClient client = new ControlClient(this.socket)) {
			client.say(hello(Purpose.CONTROL, token));
			client.say(new FromWorker.Listen(7, "127.0.0.1", 8080, 0));

			assertThat(this.heard.next()).isEqualTo("received 1.3 " + new FromWorker.Listen(7, "127.0.0.1", 8080, 0));
			session().send(new FromMaster.Listening(7, Distribution.SHARED));
			assertThat(client.hear()).isEqualTo(new FromMaster.Listening(7, Distribution.SHARED));
		}
		assertThat(this.heard.next()).isEqualTo("disconnected 1.3");
	}

	@Test
	void whenWorkerSaysMoreThanIsDealtWithThenItIsNotListenedTo() throws Exception {
		String token = expect(PID);
		this.heard.stopDealing();
		try (ControlClient client = new ControlClient(this.socket)) {
			client.say(hello(Purpose.CONTROL, token));
			Thread talker = new Thread(() -> talkWithoutEnd(client));
			talker.setDaemon(true);
			talker.start();

			AtomicInteger last = new AtomicInteger();
			Awaitility.await()
				.during(Duration.ofMillis(500))
				.atMost(Duration.ofSeconds(30))
				.until(() -> this.heard.size() >= 256 && last.getAndSet(this.heard.size()) == this.heard.size());
			assertThat(talker.isAlive()).isTrue();
		}
	}

	@Test
	void whenSocketIsRemovedThenItIsThereAgain() throws Exception {
		assertThat(this.server.restore(this.socket)).isFalse();
		Files.delete(this.socket);

		assertThat(this.server.restore(this.socket)).isTrue();

		String token = expect(PID);
		try (ControlClient client = new ControlClient(this.socket)) {
			client.say(hello(Purpose.CONTROL, token));
			client.say(new FromWorker.Ready(0));
			assertThat(this.heard.next()).isEqualTo("received 1.3 Ready[probe=0]");
		}
	}

	@Test
	void whenPathIsLongThenItListensThereAndAgain(@TempDir Path directory) throws Exception {
		// One byte less than the system's limit is the JVM's own.
		Path longest = directory.resolve("x".repeat(UnixSocketAddress.MAX_PATH - directory.toString().length() - 2));
		for (int i = 0; i < 2; i++) {
			this.server.listen(longest);
			try (ControlClient client = new ControlClient(longest)) {
				client.say(hello(Purpose.CONTROL, "none"));
				assertThat(this.heard.next()).contains("was turned away");
			}
		}
		assertThat(directory).isDirectoryContaining(longest::equals);
	}

	@Test
	void whenWorkerSpeaksBeforeItsPidIsKnownThenTokenIsEnough() throws Exception {
		String token = expect().token();

		try (ControlClient client = new ControlClient(this.socket)) {
			client.say(hello(Purpose.CONTROL, token));
			client.say(new FromWorker.Ready(0));

			assertThat(this.heard.next()).isEqualTo("received 1.3 Ready[probe=0]");
		}
	}

	@Test
	void whenMessageIsOfUnknownTypeThenTheNextIsDelivered() throws Exception {
		String token = expect(PID);
		try (ControlClient client = new ControlClient(this.socket)) {
			client.say(hello(Purpose.CONTROL, token));

			client.say(ByteBuffer.wrap(new byte[] { 0, 0, 0, 2, 0x7f, 1 }));
			client.say(new FromWorker.Ready(0));

			assertThat(this.heard.next()).isEqualTo("received 1.3 Ready[probe=0]");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "CONTROL", "DESCRIPTORS" })
	void whenTokenIsWrongThenCallerIsTurnedAway(Purpose purpose) throws Exception {
		expect(PID);

		assertThatTurnedAway(hello(purpose, "0".repeat(32)),
				"it is not the process that was started as worker 1.3, or its token is wrong or used");
	}

	@ParameterizedTest
	@EnumSource(names = { "CONTROL", "DESCRIPTORS" })
	void whenTokenIsUsedAgainThenCallerIsTurnedAway(Purpose purpose) throws Exception {
		String token = expect(PID);
		try (ControlClient first = new ControlClient(this.socket)) {
			first.say(hello(purpose, token));
			// The server reads its connections in the order of their arrival.
			awaitAdmission(first, purpose);

			assertThatTurnedAway(hello(purpose, token),
					"it is not the process that was started as worker 1.3, or its token is wrong or used");
			session().close();
			assertThat(first.isHungUpOn()).isTrue();
		}
	}

	@Test
	void whenCallerIsAnotherProcessThenItIsTurnedAway() throws Exception {
		String token = expect(1);

		assertThatTurnedAway(hello(Purpose.CONTROL, token),
				"it is not the process that was started as worker 1.3, or its token is wrong or used");
	}

	@Test
	void whenWorkerIsUnknownThenCallerIsTurnedAway() throws Exception {
		assertThatTurnedAway(hello(Purpose.CONTROL, "secret"), "there is no worker 1.3");
	}

	@Test
	void whenWorkerIsForgottenThenItIsUnknown() throws Exception {
		String token = expect(PID);
		session().close();

		assertThatTurnedAway(hello(Purpose.CONTROL, token), "there is no worker 1.3");
	}

	@Test
	void whenCallerSpeaksAnotherVersionThenItIsTurnedAway() throws Exception {
		String token = expect(PID);

		assertThatTurnedAway(new Message.Hello(2, Purpose.CONTROL, ID.place().wire(), ID.incarnation(), token),
				"it speaks version 2 of the protocol, not 1; launcher and starter have to be of the same version");
	}

	@Test
	void whenCallerDoesNotSayWhoItIsThenItIsTurnedAway() throws Exception {
		expect(PID);

		assertThatTurnedAway(new FromWorker.Ready(0), "it spoke without saying who it is");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1\r\n\r\n", "\0\0\0\0", "\0\0\0\3\1\0\0" })
	void whenCallerSpeaksNonsenseThenItIsTurnedAway(String nonsense) throws Exception {
		try (ControlClient client = new ControlClient(this.socket)) {
			client.say(ByteBuffer.wrap(nonsense.getBytes(StandardCharsets.ISO_8859_1)));

			assertThat(client.isHungUpOn()).isTrue();
			assertThat(this.heard.next())
				.startsWith("rejected the control socket received what is not of its protocol");
			assertThat(this.heard.isEmpty()).isTrue();
		}
	}

	@Test
	void whenKnownWorkerSpeaksNonsenseThenItIsDisconnected() throws Exception {
		String token = expect(PID);
		try (ControlClient client = new ControlClient(this.socket)) {
			client.say(hello(Purpose.CONTROL, token));

			client.say(ByteBuffer.wrap(new byte[] { 127, 127, 127, 127, 0 }));

			assertThat(client.isHungUpOn()).isTrue();
			assertThat(this.heard.next()).isEqualTo("disconnected 1.3");
		}
	}

	@Test
	void whenNobodyIsConnectedThenSendingDoesNothing() throws Exception {
		String token = expect(PID);

		session().send(new FromMaster.Accept(0));

		try (ControlClient client = new ControlClient(this.socket)) {
			client.say(hello(Purpose.CONTROL, token));
			client.say(new FromWorker.Ready(0));
			assertThat(this.heard.next()).isEqualTo("received 1.3 Ready[probe=0]");
			session().send(new FromMaster.Drain(Duration.ZERO, Duration.ZERO, true));
			assertThat(client.hear()).isInstanceOf(FromMaster.Drain.class);
		}
	}

	private WorkerSession expect() {
		this.session = this.server.expect(ID);
		return this.session;
	}

	private static void talkWithoutEnd(ControlClient client) {
		try {
			while (true) {
				client.say(new FromWorker.Ready(0));
			}
		}
		catch (IOException ex) {
			// The test is over.
		}
	}

	private String expect(long pid) {
		WorkerSession expected = expect();
		expected.started(pid);
		return expected.token();
	}

	private WorkerSession session() {
		return Objects.requireNonNull(this.session);
	}

	private void awaitAdmission(ControlClient client, Purpose purpose) throws Exception {
		if (purpose == Purpose.CONTROL) {
			client.say(new FromWorker.Ready(0));
			assertThat(this.heard.next()).isEqualTo("received 1.3 Ready[probe=0]");
		}
	}

	private void assertThatTurnedAway(Message first, String why) throws Exception {
		try (ControlClient client = new ControlClient(this.socket)) {
			client.say(first);

			assertThat(client.isHungUpOn()).isTrue();
			assertThat(this.heard.next()).startsWith("rejected pid=%d uid=".formatted(PID))
				.endsWith(" was turned away from the control socket: " + why);
			assertThat(this.heard.isEmpty()).isTrue();
		}
	}

	private static Message hello(Purpose purpose, String token) {
		return new Message.Hello(Frames.VERSION, purpose, ID.place().wire(), ID.incarnation(), token);
	}

}
