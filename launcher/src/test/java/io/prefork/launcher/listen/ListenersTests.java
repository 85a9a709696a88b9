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
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.ReservedPort;
import io.prefork.launcher.edge.TcpAddress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Listeners} with real sockets.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ListenersTests {

	private static final TcpAddress ANY_PORT = new TcpAddress("127.0.0.1", 0, 0);

	private final Listeners listeners = new Listeners(16, false, List.of());

	@AfterEach
	void closeListeners() {
		this.listeners.close();
	}

	@Test
	void whenAddressIsAskedForAgainThenItIsBoundOnce() throws ListenException {
		int first = this.listeners.obtain(ANY_PORT);

		int second = this.listeners.obtain(new TcpAddress("127.0.0.1", 0, 0));

		assertThat(second).isEqualTo(first);
		assertThat(this.listeners.addresses()).hasSize(1);
	}

	@Test
	void whenWorkerAsksTwiceForAnyPortThenThereAreTwo() throws ListenException {
		int first = this.listeners.obtain(ANY_PORT);

		int second = this.listeners.obtain(new TcpAddress("127.0.0.1", 0, 1));

		assertThat(second).isNotEqualTo(first);
		assertThat(this.listeners.addresses()).hasSize(2)
			.doesNotHaveDuplicates()
			.allMatch((address) -> address.matches("127\\.0\\.0\\.1:[1-9][0-9]*"));
	}

	@Test
	void whenPortIsReservedThenItIsKeptAndNobodyCanConnect() throws Exception {
		ReservedPort address = new ReservedPort(new TcpAddress("127.0.0.1", 0, 0));
		int first = this.listeners.obtain(address);

		assertThat(this.listeners.obtain(address)).isEqualTo(first);
		assertThat(this.listeners.descriptors()).containsExactly(Map.entry(address, Map.of(0, first)));
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port()));
		try (ServerSocketChannel other = ServerSocketChannel.open()) {
			InetSocketAddress same = new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
			other.setOption(StandardSocketOptions.SO_REUSEADDR, false);
			assertThatExceptionOfType(BindException.class).isThrownBy(() -> other.bind(same));
			other.setOption(StandardSocketOptions.SO_REUSEPORT, true);
			assertThat(other.bind(same).getLocalAddress()).isEqualTo(same);
		}
	}

	@Test
	void whenSomebodyElseListensThenPortCanNotBeReserved() throws Exception {
		try (ServerSocketChannel other = ServerSocketChannel.open()) {
			other.setOption(StandardSocketOptions.SO_REUSEPORT, true);
			other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			int port = ((InetSocketAddress) other.getLocalAddress()).getPort();
			ReservedPort address = new ReservedPort(new TcpAddress("127.0.0.1", port, 0));

			assertThatExceptionOfType(ListenException.class).isThrownBy(() -> this.listeners.obtain(address))
				.withMessageContaining("127.0.0.1:%d can't be bound: the port is in use by pid %d", port,
						ProcessHandle.current().pid());
		}
	}

	@Test
	void whenAddressIsBoundThenConnectionsWaitForWorkers() throws IOException, ListenException {
		this.listeners.obtain(ANY_PORT);

		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
				Socket second = new Socket(InetAddress.getLoopbackAddress(), port())) {
			assertThat(socket.isConnected()).isTrue();
			assertThat(second.isConnected()).isTrue();
			String address = this.listeners.addresses().get(0);
			await().untilAsserted(() -> assertThat(this.listeners.waiting()).containsExactly(Map.entry(address, 2)));
		}
	}

	@Test
	void whenEveryAddressIsAskedForThenItIsShownAsSuch() throws ListenException {
		this.listeners.obtain(new TcpAddress("0.0.0.0", 0, 0));

		assertThat(this.listeners.addresses()).singleElement().asString().startsWith("0.0.0.0:");
	}

	@Test
	void whenPortIsInUseThenTheMessageNamesItsOwner() throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			TcpAddress address = new TcpAddress("127.0.0.1", other.getLocalPort(), 0);

			assertThatExceptionOfType(ListenException.class).isThrownBy(() -> this.listeners.obtain(address))
				.withMessageStartingWith("%s can't be bound: the port is in use by ", address)
				.withMessageContaining("pid %d (", ProcessHandle.current().pid())
				.withMessageEndingWith("; stop that process, or set server.port to another port");
			assertThat(this.listeners.addresses()).isEmpty();
		}
	}

	@Test
	void whenPortIsFreeAgainThenItCanBeBound() throws IOException, ListenException {
		ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		TcpAddress address = new TcpAddress("127.0.0.1", other.getLocalPort(), 0);
		assertThatExceptionOfType(ListenException.class).isThrownBy(() -> this.listeners.obtain(address));
		other.close();

		this.listeners.obtain(address);

		assertThat(port()).isEqualTo(address.port());
	}

	@Test
	void whenAddressIsNotOfThisMachineThenTheMessageSaysSo() {
		TcpAddress address = new TcpAddress("192.0.2.1", 0, 0);

		assertThatExceptionOfType(ListenException.class).isThrownBy(() -> this.listeners.obtain(address))
			.withMessage("192.0.2.1:0 can't be bound: no interface of this machine has that address; "
					+ "correct server.address");
	}

	@Test
	void whenListenersAreClosedThenPortsAreFree() throws IOException, ListenException {
		this.listeners.obtain(ANY_PORT);
		int port = port();

		this.listeners.close();

		assertThat(this.listeners.addresses()).isEmpty();
		try (ServerSocket other = new ServerSocket()) {
			other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			assertThat(other.isBound()).isTrue();
		}
	}

	@Test
	void whenListenersAreClosedThenNothingIsBoundAnyMore() {
		this.listeners.close();

		assertThatExceptionOfType(ListenException.class).isThrownBy(() -> this.listeners.obtain(ANY_PORT))
			.withMessage("127.0.0.1:0 can't be bound: the master stops");
	}

	@Test
	void whenAddressIsOfVersionSixThenItIsShownInBrackets() {
		assertThat(new TcpAddress("::1", 8080, 0)).hasToString("[::1]:8080");
	}

	private int port() {
		String address = this.listeners.addresses().get(0);
		return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
	}

}
