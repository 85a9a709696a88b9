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

package io.netty.channel.epoll;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PassedConnection} with a real one.
 */
class PassedConnectionTests {

	private final BlockingQueue<EpollSocketChannel> accepted = new LinkedBlockingQueue<>();

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

	private final EpollServerSocketChannel listener = new EpollServerSocketChannel();

	private Socket client = new Socket();

	@BeforeEach
	void connect() throws Exception {
		this.listener.pipeline().addLast(new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) {
				PassedConnectionTests.this.accepted.add((EpollSocketChannel) message);
			}

		});
		this.group.register(this.listener).sync();
		this.listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).sync();
		this.client = new Socket(InetAddress.getLoopbackAddress(), this.listener.localAddress().getPort());
	}

	@AfterEach
	void close() throws Exception {
		this.client.close();
		this.listener.close();
		this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	@Test
	void whenConnectionIsPassedThenItKnowsBothEnds() throws Exception {
		SocketChannel channel = passed();

		assertThat(channel.isActive()).isTrue();
		assertThat(channel.parent()).isSameAs(this.listener);
		assertThat(channel.remoteAddress()).isEqualTo(this.client.getLocalSocketAddress());
		assertThat(channel.localAddress()).isEqualTo(this.client.getRemoteSocketAddress());
	}

	@Test
	void whenOptionsAreSetThenTheSocketHasThem() throws Exception {
		SocketChannel connection = passed();

		assertThat(connection.config().setOption(ChannelOption.TCP_NODELAY, false)).isTrue();
		assertThat(connection.config().setOption(EpollChannelOption.TCP_KEEPIDLE, 33)).isTrue();

		assertThat(connection.config().getOption(ChannelOption.TCP_NODELAY)).isFalse();
		assertThat(connection.config().getOption(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(33);
	}

	private SocketChannel passed() throws InterruptedException {
		EpollSocketChannel channel = this.accepted.poll(10, TimeUnit.SECONDS);
		assertThat(channel).isNotNull();
		return PassedConnection.of(this.listener, channel.fd());
	}

}
