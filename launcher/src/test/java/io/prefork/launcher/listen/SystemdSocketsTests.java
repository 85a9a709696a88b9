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

package io.prefork.launcher.listen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.TcpAddress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SystemdSockets} in {@link Listeners}, with real sockets.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SystemdSocketsTests {

	private InheritedSocket socket;

	private Listeners listeners;

	private TcpAddress address;

	@BeforeAll
	static void loadNativeLibrary() {
		Epoll.ensureAvailability();
	}

	@BeforeEach
	void bindSocket() throws IOException {
		io.netty.channel.unix.Socket bound = io.netty.channel.unix.Socket.newSocketStream();
		bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		bound.listen(16);
		this.socket = InheritedSocket.of(bound.intValue(), "web.socket");
		this.listeners = new Listeners(16, false, List.of(this.socket));
		this.address = new TcpAddress("127.0.0.1", this.socket.address().getPort(), 0);
	}

	@AfterEach
	void closeListeners() {
		this.listeners.close();
	}

	@Test
	void whenWorkerAsksForItsAddressThenInheritedSocketIsGiven() throws ListenException {
		int descriptor = this.listeners.obtain(this.address);

		assertThat(descriptor).isEqualTo(this.socket.descriptor());
		assertThat(this.listeners.addresses()).containsExactly(this.address.toString());
		assertThat(this.listeners.warnings()).isEmpty();
	}

	@Test
	void whenWorkerAsksForAnotherAddressThenThatIsBound() throws ListenException {
		int descriptor = this.listeners.obtain(new TcpAddress("127.0.0.1", 0, 0));

		assertThat(descriptor).isNotEqualTo(this.socket.descriptor());
		assertThat(this.listeners.addresses()).hasSize(1).doesNotContain(this.address.toString());
	}

	@Test
	void whenNobodyUsesItThenThereIsOneWarning() throws ListenException {
		assertThat(this.listeners.warnings())
			.containsExactly(("nobody accepts from the service manager's socket %s (web.socket), so connections to it "
					+ "wait in vain; set server.port=%d and server.address=127.0.0.1, or remove it from the socket unit")
				.formatted(this.address, this.address.port()));
		assertThat(this.listeners.warnings()).isEmpty();
		this.listeners.obtain(this.address);
		assertThat(this.listeners.warnings()).isEmpty();
		this.listeners.retain(List.of());
		assertThat(this.listeners.warnings()).hasSize(1);
	}

	@Test
	void whenReloadDoesNotNeedItThenALaterOneStillFindsIt() throws Exception {
		this.listeners.obtain(this.address);

		this.listeners.retain(List.of());

		assertThat(this.listeners.addresses()).isEmpty();
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), this.address.port())) {
			assertThat(client.isConnected()).isTrue();
		}
		assertThat(this.listeners.obtain(this.address)).isEqualTo(this.socket.descriptor());
	}

	@Test
	void whenWildcardAddressIsAskedForThenTheMessageSaysHowToAskForTheSocket() {
		TcpAddress everywhere = new TcpAddress("0.0.0.0", this.address.port(), 0);

		assertThatExceptionOfType(ListenException.class).isThrownBy(() -> this.listeners.obtain(everywhere))
			.withMessage(
					"%s can't be bound: the service manager has bound %s (web.socket), for which the application would "
							+ "ask with server.port=%d and server.address=127.0.0.1",
					everywhere, this.address, this.address.port());
	}

	@Test
	void whenListenersAreClosedThenItIsClosed() {
		this.listeners.close();

		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), this.address.port()).close());
		assertThatExceptionOfType(ListenException.class).isThrownBy(() -> this.listeners.obtain(this.address))
			.withMessageEndingWith("the master stops");
	}

}
