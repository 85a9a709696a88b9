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

package io.prefork.boot.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PassedChannel} and its options with a real connection.
 */
class PassedChannelTests {

	private final BlockingQueue<EpollSocketChannel> accepted = new LinkedBlockingQueue<>();

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

	private final EpollServerSocketChannel listener = new EpollServerSocketChannel();

	private Socket client = new Socket();

	@BeforeEach
	void connect() throws Exception {
		this.listener.pipeline().addLast(new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) {
				PassedChannelTests.this.accepted.add((EpollSocketChannel) message);
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
		PassedChannel channel = passed();

		assertThat(channel.isActive()).isTrue();
		assertThat(channel.parent()).isSameAs(this.listener);
		assertThat(channel.remoteAddress()).isEqualTo(this.client.getLocalSocketAddress());
		assertThat(channel.localAddress()).isEqualTo(this.client.getRemoteSocketAddress());
	}

	@Test
	void whenOptionsAreSetThenTheSocketHasThem() throws Exception {
		PassedChannelConfig config = passed().config();
		assertThat(config.isTcpNoDelay()).isTrue();
		Map<ChannelOption<?>, Object> numbers = Map.of(EpollChannelOption.TCP_KEEPIDLE, 33,
				EpollChannelOption.TCP_KEEPINTVL, 7, EpollChannelOption.TCP_KEEPCNT, 4,
				EpollChannelOption.TCP_USER_TIMEOUT, 9000, ChannelOption.SO_LINGER, 3, ChannelOption.IP_TOS, 16);
		Map<ChannelOption<?>, Object> flags = Map.of(ChannelOption.TCP_NODELAY, false, ChannelOption.SO_KEEPALIVE, true,
				ChannelOption.SO_REUSEADDR, true, EpollChannelOption.TCP_CORK, true, ChannelOption.ALLOW_HALF_CLOSURE,
				true, ChannelOption.AUTO_READ, false);

		config.setOptions(numbers);
		config.setOptions(flags);

		assertThat(config.getOptions()).containsAllEntriesOf(numbers).containsAllEntriesOf(flags);
		numbers.forEach((option, value) -> assertThat(config.getOption(option)).isEqualTo(value));
		flags.forEach((option, value) -> assertThat(config.getOption(option)).isEqualTo(value));
	}

	@Test
	void whenBufferSizesAreSetThenTheyTakeEffect() throws Exception {
		PassedChannelConfig config = passed().config();
		int before = config.getOption(ChannelOption.SO_SNDBUF);

		assertThat(config.setOption(ChannelOption.SO_SNDBUF, 8192)).isTrue();
		assertThat(config.setOption(ChannelOption.SO_RCVBUF, 8192)).isTrue();

		assertThat(config.getSendBufferSize()).isNotEqualTo(before);
		assertThat(config.getOption(ChannelOption.SO_RCVBUF)).isEqualTo(config.getReceiveBufferSize());
	}

	private PassedChannel passed() throws InterruptedException {
		EpollSocketChannel channel = this.accepted.poll(10, TimeUnit.SECONDS);
		assertThat(channel).isNotNull();
		return new PassedChannel(this.listener, channel.fd().intValue());
	}

}
