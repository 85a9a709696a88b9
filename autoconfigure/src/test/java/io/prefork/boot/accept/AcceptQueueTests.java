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

package io.prefork.boot.accept;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.Scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AcceptQueue} of real sockets.
 */
class AcceptQueueTests {

	private static final long LONG = Duration.ofSeconds(1).toNanos();

	private final ConnectionBalance balance;

	AcceptQueueTests(@TempDir Path directory) throws IOException {
		this.balance = new ConnectionBalance(Scoreboard.create(directory.resolve("scoreboard")), 0);
	}

	@Test
	void whenNobodyAcceptsThenEpollTellsHowManyWait() throws IOException {
		verify(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()), EpollServerSocketChannel.class);
	}

	@Test
	void whenNobodyAcceptsThenIoUringTellsHowManyWait() throws IOException {
		Assumptions.assumeTrue(IoUring.isAvailable(), "io_uring is not available");
		verify(new MultiThreadIoEventLoopGroup(1, IoUringIoHandler.newFactory()), IoUringServerSocketChannel.class);
	}

	@Test
	void whenSystemDoesNotTellThenNobodyIsSaidToWait() {
		AcceptQueue queue = AcceptQueue.of(new EmbeddedChannel(), this.balance);

		assertThat(queue.isOverdue(0)).isFalse();
		assertThat(queue.isOverdue(LONG)).isFalse();
		assertThat(queue.length()).isNegative();
	}

	@Test
	void whenSocketIsNotOfTcpThenItIsNotAskedFor() {
		EpollServerDomainSocketChannel listener = new EpollServerDomainSocketChannel();
		AcceptQueue queue = AcceptQueue.of(listener, this.balance);

		assertThat(queue.isOverdue(0)).isFalse();
		assertThat(queue.length()).isNegative();
		listener.unsafe().closeForcibly();
	}

	private void verify(EventLoopGroup loops, Class<? extends ServerChannel> type) throws IOException {
		List<Socket> clients = new ArrayList<>();
		try {
			Channel listener = new ServerBootstrap().group(loops)
				.channel(type)
				.option(ChannelOption.AUTO_READ, false)
				.childHandler(new ChannelInboundHandlerAdapter())
				.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
				.syncUninterruptibly()
				.channel();
			AcceptQueue queue = AcceptQueue.of(listener, this.balance);
			assertThat(queue.isOverdue(0)).isFalse();
			assertThat(queue.length()).isZero();
			for (int i = 0; i < 5; i++) {
				InetSocketAddress address = (InetSocketAddress) listener.localAddress();
				clients.add(new Socket(address.getAddress(), address.getPort()));
			}

			await().untilAsserted(() -> {
				assertThat(queue.isOverdue(LONG)).isFalse();
				assertThat(queue.length()).isEqualTo(5);
			});
			assertThat(queue.isOverdue(2 * LONG)).isTrue();
		}
		finally {
			for (Socket client : clients) {
				client.close();
			}
			loops.shutdownGracefully();
		}
	}

}
