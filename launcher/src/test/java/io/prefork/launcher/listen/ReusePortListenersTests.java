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
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.TcpAddress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Listeners} with several sockets for an address.
 */
class ReusePortListenersTests {

	private static final int CONNECTIONS = 60;

	private static final TcpAddress ADDRESS = new TcpAddress("127.0.0.1", 0, 0);

	private final List<Accepted> accepted = new ArrayList<>();

	private final Listeners listeners = new Listeners(128, true, List.of());

	@AfterEach
	void close() {
		this.listeners.close();
	}

	@Test
	void whenNewMasterHasGotTheSocketsThenNoneIsAdded() throws ListenException {
		this.listeners.obtain(ADDRESS);
		int second = this.listeners.obtain(ADDRESS, 1);
		this.listeners.fix(true);

		assertThat(this.listeners.obtain(ADDRESS, 3)).isEqualTo(second);
		assertThat(this.listeners.descriptors().get(ADDRESS)).containsOnlyKeys(0, 1);
		this.listeners.fix(false);
		this.listeners.obtain(ADDRESS, 3);
		assertThat(this.listeners.descriptors().get(ADDRESS)).containsOnlyKeys(0, 1, 2, 3);
	}

	@Test
	void whenSocketIsAskedForThenItAndThoseBeforeItHaveTheSamePort() throws ListenException {
		int first = this.listeners.obtain(ADDRESS);

		int third = this.listeners.obtain(ADDRESS, 2);

		assertThat(this.listeners.obtain(ADDRESS)).isEqualTo(first);
		assertThat(this.listeners.obtain(ADDRESS, 2)).isEqualTo(third);
		assertThat(this.listeners.descriptors().get(ADDRESS)).containsOnlyKeys(0, 1, 2)
			.containsEntry(0, first)
			.containsEntry(2, third)
			.doesNotContainEntry(1, first);
		assertThat(this.listeners.addresses()).hasSize(1);
	}

	@Test
	void whenConnectionsComeThenTheKernelGivesThemToAllSockets() throws Exception {
		this.listeners.obtain(ADDRESS);
		this.listeners.obtain(ADDRESS, 2);
		count();

		connect(CONNECTIONS);

		assertThat(this.accepted).hasSize(3).allMatch((socket) -> socket.count.get() > 0);
	}

	@Test
	void whenSteeredThenOnlyTheFirstSocketsGetNewConnectionsAndByTheirWeights() throws Exception {
		this.listeners.obtain(ADDRESS);
		this.listeners.obtain(ADDRESS, 3);
		count();

		this.listeners.steer(ADDRESS, List.of(1, 9));
		connect(CONNECTIONS);

		assertThat(this.accepted.subList(0, 2)).allMatch((socket) -> socket.count.get() > 0);
		assertThat(this.accepted.get(1).count.get()).isGreaterThan(3 * this.accepted.get(0).count.get());
		assertThat(this.accepted.subList(2, 4)).allMatch((socket) -> socket.count.get() == 0);
		this.listeners.steer(ADDRESS, List.of(1, 1, 1, 1));
		connect(CONNECTIONS);
		assertThat(this.accepted).allMatch((socket) -> socket.count.get() > 0);
	}

	@Test
	void whenSomebodyElseHasThePortThenItIsInUse() throws IOException {
		try (ServerSocket other = new ServerSocket()) {
			other.setOption(StandardSocketOptions.SO_REUSEPORT, true);
			other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			TcpAddress taken = new TcpAddress("127.0.0.1", other.getLocalPort(), 0);

			assertThatExceptionOfType(ListenException.class).isThrownBy(() -> this.listeners.obtain(taken))
				.withMessageContaining("the port is in use by");
			assertThat(this.listeners.addresses()).isEmpty();
		}
	}

	@Test
	void whenPredecessorHasAnotherDistributionThenItsSocketsAreRefused() throws Exception {
		this.listeners.adopt(ADDRESS, 0, socket(false));
		try (Listeners single = new Listeners(16, false, List.of())) {
			single.adopt(ADDRESS, 0, socket(true));
			single.adopt(ADDRESS, 1, socket(true));

			assertThatExceptionOfType(ListenException.class).isThrownBy(() -> single.obtain(ADDRESS))
				.withMessageContainingAll("has 2 sockets", "stop the service and start it");
			assertThatExceptionOfType(ListenException.class).isThrownBy(() -> this.listeners.obtain(ADDRESS))
				.withMessageContainingAll("without SO_REUSEPORT", "stop the service and start it");
		}
	}

	@Test
	void whenAddressIsNotNeededThenAllItsSocketsAreClosed() throws ListenException {
		this.listeners.obtain(ADDRESS);
		this.listeners.obtain(ADDRESS, 1);
		int port = port();

		this.listeners.retain(List.of());

		assertThat(this.listeners.descriptors()).isEqualTo(Map.of());
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
	}

	private static int socket(boolean reusePort) throws IOException {
		io.netty.channel.unix.Socket socket = io.netty.channel.unix.Socket.newSocketStream();
		socket.setReusePort(reusePort);
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		socket.listen(16);
		return socket.intValue();
	}

	private void count() {
		this.listeners.acceptWith((listener) -> this.accepted.add(new Accepted(listener)));
		await()
			.until(() -> this.accepted.size() == this.listeners.descriptors().getOrDefault(ADDRESS, Map.of()).size());
	}

	private void connect(int connections) throws IOException {
		int before = sum();
		for (int i = 0; i < connections; i++) {
			new Socket(InetAddress.getLoopbackAddress(), port()).close();
		}
		await().until(() -> sum() == before + connections);
	}

	private int sum() {
		return this.accepted.stream().mapToInt((socket) -> socket.count.get()).sum();
	}

	private int port() {
		String address = this.listeners.addresses().get(0);
		return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
	}

	/**
	 * Counts what a socket accepts.
	 */
	private static final class Accepted extends ChannelInboundHandlerAdapter {

		private final AtomicInteger count = new AtomicInteger();

		Accepted(ServerChannel listener) {
			listener.pipeline().addLast(this);
			listener.config().setAutoRead(true);
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			this.count.incrementAndGet();
			((Channel) message).unsafe().closeForcibly();
		}

	}

}
