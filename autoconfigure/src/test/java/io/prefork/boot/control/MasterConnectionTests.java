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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.unix.FileDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.web.ReceivedSockets;
import io.prefork.contract.WorkerIdentity;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromWorker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link MasterConnection} and {@link DescriptorReceiver}.
 */
class MasterConnectionTests {

	private static final BindAddress ANY_PORT = new BindAddress(
			new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

	private final RecordedOrders orders = new RecordedOrders();

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	@TempDir
	Path directory;

	@Test
	void whenListenerIsAskedForThenItsDescriptorArrives() throws Exception {
		try (FakeMaster master = FakeMaster.start(this.directory)) {
			MasterConnection connection = connect(master);

			FileDescriptor descriptor = connection.listen(ANY_PORT).descriptor();

			assertThat(master.received()).containsExactly(new FromWorker.Listen(1, "127.0.0.1", 0, 0));
			assertThat(descriptor.isOpen()).isTrue();
			try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port(master.addresses().get(0)))) {
				assertThat(client.isConnected()).isTrue();
			}
			descriptor.close();
		}
	}

	@Test
	void whenSamePortIsAskedForTwiceThenTheMasterCanTellTheRequestsApart() throws Exception {
		try (FakeMaster master = FakeMaster.start(this.directory)) {
			MasterConnection connection = connect(master);

			connection.listen(ANY_PORT).descriptor().close();
			connection.listen(ANY_PORT).descriptor().close();

			assertThat(master.received()).containsExactly(new FromWorker.Listen(1, "127.0.0.1", 0, 0),
					new FromWorker.Listen(2, "127.0.0.1", 0, 1));
			assertThat(master.addresses()).hasSize(2).doesNotHaveDuplicates();
		}
	}

	@Test
	void whenPortIsInUseThenTheRefusalSaysWhatToDo() throws Exception {
		try (FakeMaster master = FakeMaster.start(this.directory);
				ServerSocket owner = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			MasterConnection connection = connect(master);
			BindAddress taken = new BindAddress(new InetSocketAddress(owner.getInetAddress(), owner.getLocalPort()));

			assertThatExceptionOfType(ListenerRefusedException.class).isThrownBy(() -> connection.listen(taken))
				.withMessageContainingAll(String.valueOf(owner.getLocalPort()), "can't be bound", "in use",
						"server.port")
				.satisfies((ex) -> {
					FailureAnalysis analysis = new ListenerRefusedFailureAnalyzer().analyze(ex, ex);
					assertThat(analysis.getDescription()).startsWith("The web server of this worker has no listener: ")
						.contains(String.valueOf(owner.getLocalPort()));
				});
		}
	}

	@Test
	void whenMasterSpeaksThenTheMessageIsPassedOn() throws Exception {
		try (FakeMaster master = FakeMaster.start(this.directory)) {
			MasterConnection connection = connect(master);
			// The master knows a worker once it has said something.
			connection.send(new FromWorker.Ready(0));
			await().until(() -> !master.received().isEmpty());

			master.say(new FromMaster.Drain(Duration.ofSeconds(2), Duration.ofSeconds(1), true));

			await().untilAsserted(() -> assertThat(this.orders.received())
				.containsExactly(new FromMaster.Drain(Duration.ofSeconds(2), Duration.ofSeconds(1), true)));
		}
	}

	@Test
	void whenMasterDiesThenTheEndIsNoticedAndSendingIsHarmless() throws Exception {
		FakeMaster master = FakeMaster.start(this.directory);
		MasterConnection connection = connect(master);
		connection.send(new FromWorker.Ready(0));
		await().until(() -> !master.received().isEmpty());

		master.close();

		this.end.get(5, TimeUnit.SECONDS);
		connection.send(new FromWorker.Draining());
		assertThat(master.received()).containsExactly(new FromWorker.Ready(0));
	}

	@Test
	void whenMasterIsDeadThenAskingForListenerFailsAtOnce() throws Exception {
		FakeMaster master = FakeMaster.start(this.directory);
		MasterConnection connection = connect(master);
		connection.send(new FromWorker.Ready(0));
		await().until(() -> !master.received().isEmpty());
		master.close();
		this.end.get(5, TimeUnit.SECONDS);

		CompletableFuture<ReceivedListener> listener = CompletableFuture.supplyAsync(() -> connection.listen(ANY_PORT));

		assertThat(listener).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.withMessageContaining("The master is gone");
	}

	@Test
	void whenThereIsNoMasterThenConnectingFails() {
		WorkerIdentity identity = new WorkerIdentity(0, 1, 1, 2, false, 0, this.directory, "token");

		assertThatIOException().isThrownBy(
				() -> MasterConnection.open(identity, this.orders, new ReceivedSockets(new AcceptGate()), () -> {
				}));
	}

	private MasterConnection connect(FakeMaster master) throws IOException {
		return MasterConnection.open(master.identity(), this.orders, new ReceivedSockets(new AcceptGate()),
				() -> this.end.complete(null));
	}

	private static int port(String address) {
		return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
	}

}
