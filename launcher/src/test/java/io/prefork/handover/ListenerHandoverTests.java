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

package io.prefork.handover;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.control.ControlServer;
import io.prefork.launcher.edge.ControlListener;
import io.prefork.launcher.edge.HolderSession;
import io.prefork.launcher.edge.ListenAddress;
import io.prefork.launcher.edge.TcpAddress;
import io.prefork.launcher.listen.Listeners;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;
import io.prefork.protocol.FromWorker.Listen;
import io.prefork.protocol.OperatorAnswer;
import io.prefork.protocol.OperatorRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link ListenerHandover}; this JVM plays the old and the new master.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ListenerHandoverTests {

	private static final long PID = ProcessHandle.current().pid();

	private final BlockingQueue<Map<Listen, Integer>> taken = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> rejections = new LinkedBlockingQueue<>();

	private final Listeners old = new Listeners(16, false, List.of());

	private final Listeners successor = new Listeners(16, false, List.of());

	private final String token = "secret";

	private final Path socket;

	private final ControlServer server;

	private final HolderSession session;

	ListenerHandoverTests(@TempDir Path directory) throws IOException {
		this.socket = directory.resolve("successor.sock");
		this.server = ControlServer.open(directory.resolve("control.sock"), new Rejections());
		this.server.listen(this.socket);
		this.session = this.server.expect(PID, this.token, this.taken::add);
	}

	@AfterEach
	void close() {
		this.server.close();
		this.old.close();
		this.successor.close();
	}

	@Test
	void whenListenersAreHandedOverThenTheirQueuesAreTheNewMasters() throws Exception {
		Map<Listen, Integer> listeners = twoListeners();
		try (ListenerHandover handover = ListenerHandover.to(this.socket, this.token, listeners)) {
			Map<Listen, Integer> received = received();

			assertThat(received.keySet()).containsExactlyElementsOf(listeners.keySet());
			received.forEach((listen, descriptor) -> this.successor.adopt(ListenAddress.of(listen), listen.number(),
					descriptor));
			assertThat(this.successor.addresses()).isEqualTo(this.old.addresses());
			this.old.close();
			try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port(this.successor))) {
				assertThat(connection.isConnected()).isTrue();
			}

			FromMaster.Drain drain = new FromMaster.Drain(Duration.ofSeconds(30), Duration.ofSeconds(20), false);
			this.session.send(drain);
			assertThat(handover.await()).isEqualTo(drain);
		}
	}

	@Test
	void whenNewMasterIsGoneThenTheOldOneIsTold() throws Exception {
		try (ListenerHandover handover = ListenerHandover.to(this.socket, this.token, twoListeners())) {
			received();
			this.server.close();

			assertThat(handover.await()).isNull();
		}
	}

	@Test
	void whenConnectionIsLostThenItCanBeTriedAgain() throws Exception {
		ListenerHandover.to(this.socket, this.token, twoListeners()).close();
		received();

		// The server sees the end of the first connection when it does.
		Awaitility.await().ignoreExceptions().until(() -> {
			ListenerHandover.to(this.socket, this.token, twoListeners()).close();
			return true;
		});
		assertThat(received()).hasSize(2);
	}

	@Test
	void whenTokenIsWrongThenNothingIsTaken() {
		assertThatIOException().isThrownBy(() -> ListenerHandover.to(this.socket, "wrong", twoListeners()));

		assertThat(this.rejections).isNotEmpty()
			.allSatisfy((reason) -> assertThat(reason).contains("this master takes no listeners from it"));
		assertThat(this.taken).isEmpty();
	}

	@Test
	void whenNobodyWaitsForListenersThenItFails() {
		assertThatIOException()
			.isThrownBy(() -> ListenerHandover.to(this.socket.resolveSibling("none.sock"), this.token, twoListeners()));
	}

	private Map<Listen, Integer> twoListeners() throws Exception {
		this.old.obtain(new TcpAddress("127.0.0.1", 0, 0));
		this.old.obtain(new TcpAddress("127.0.0.1", 0, 1));
		Map<Listen, Integer> listeners = new LinkedHashMap<>();
		this.old.descriptors()
			.forEach((address, sockets) -> sockets
				.forEach((number, descriptor) -> listeners.put(address.request(number), descriptor)));
		return listeners;
	}

	private Map<Listen, Integer> received() throws InterruptedException {
		return Objects.requireNonNull(this.taken.poll(10, TimeUnit.SECONDS));
	}

	private static int port(Listeners listeners) {
		String address = listeners.addresses().get(1);
		return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
	}

	private final class Rejections implements ControlListener {

		@Override
		public void received(WorkerId id, FromWorker message, Runnable done) {
		}

		@Override
		public void disconnected(WorkerId id) {
		}

		@Override
		public void asked(OperatorRequest message, Consumer<OperatorAnswer> answers) {
		}

		@Override
		public void rejected(String reason) {
			ListenerHandoverTests.this.rejections.add(reason);
		}

	}

}
