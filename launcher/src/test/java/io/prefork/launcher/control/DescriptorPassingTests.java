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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.Distribution;
import io.prefork.launcher.edge.WorkerSession;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.Frames;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.Message;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ControlServer} that pass a listener from end to end.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class DescriptorPassingTests {

	private static final FromMaster MESSAGE = new FromMaster.Listening(1, Distribution.SHARED);

	private static final WorkerId ID = new WorkerId(0, 1);

	private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

	private final EpollServerSocketChannel listener = new EpollServerSocketChannel();

	private final Path socket;

	private final ControlServer server;

	DescriptorPassingTests(@TempDir Path directory) {
		this.socket = directory.resolve("control.sock");
		this.server = ControlServer.open(this.socket, new Heard());
		this.listener.config().setAutoRead(false);
		this.eventLoop.register(this.listener).syncUninterruptibly();
		this.listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).syncUninterruptibly();
	}

	@AfterEach
	void close() {
		this.server.close();
		this.listener.close().syncUninterruptibly();
		this.eventLoop.shutdownGracefully();
	}

	@Test
	void whenDescriptorsAreSentThenWorkerCanAcceptOnEach() throws Exception {
		BlockingQueue<Object> received = new LinkedBlockingQueue<>();
		WorkerSession session = this.server.expect(ID);
		// One waits for the connection, the other finds it.
		session.sendDescriptor(MESSAGE, this.listener.fd().intValue());
		connect(session.token(), received);
		Object first = received.take();
		session.sendDescriptor(MESSAGE, this.listener.fd().intValue());
		Object second = received.take();

		assertThat(first).isInstanceOf(FileDescriptor.class).isNotEqualTo(this.listener.fd());
		assertThat(second).isInstanceOf(FileDescriptor.class).isNotEqualTo(first);
		assertThatListenerAccepts((FileDescriptor) first);
		assertThatListenerAccepts((FileDescriptor) second);
	}

	@Test
	void whenMasterClosesListenerThenWorkerStillAccepts() throws Exception {
		BlockingQueue<Object> received = new LinkedBlockingQueue<>();
		int port = this.listener.localAddress().getPort();
		WorkerSession session = this.server.expect(ID);
		session.sendDescriptor(MESSAGE, this.listener.fd().intValue());
		connect(session.token(), received);
		FileDescriptor descriptor = (FileDescriptor) received.take();

		this.listener.close().syncUninterruptibly();

		assertThatListenerAccepts(descriptor, port);
	}

	private void connect(String token, BlockingQueue<Object> received) {
		new Bootstrap().group(this.eventLoop)
			.channel(EpollDomainSocketChannel.class)
			.option(EpollChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
			.handler(new Receiver(received))
			.connect(new DomainSocketAddress(this.socket.toFile()))
			.syncUninterruptibly()
			.channel()
			.writeAndFlush(Unpooled.wrappedBuffer(Frames.encode(new Message.Hello(Frames.VERSION,
					Message.Purpose.DESCRIPTORS, ID.place().wire(), ID.incarnation(), token))))
			.syncUninterruptibly();
	}

	private void assertThatListenerAccepts(FileDescriptor descriptor) throws Exception {
		assertThatListenerAccepts(descriptor, this.listener.localAddress().getPort());
	}

	private void assertThatListenerAccepts(FileDescriptor descriptor, int port) throws Exception {
		BlockingQueue<Object> accepted = new LinkedBlockingQueue<>();
		EpollServerSocketChannel copy = new EpollServerSocketChannel(descriptor.intValue());
		assertThat(copy.localAddress().getPort()).isEqualTo(port);
		copy.pipeline().addLast(new Receiver(accepted));
		this.eventLoop.register(copy).syncUninterruptibly();
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
			EpollSocketChannel connection = (EpollSocketChannel) accepted.take();
			assertThat(connection.remoteAddress().getPort()).isEqualTo(client.getLocalPort());
			this.eventLoop.register(connection).syncUninterruptibly();
			connection.close().syncUninterruptibly();
		}
		copy.close().syncUninterruptibly();
	}

	private static final class Receiver extends ChannelInboundHandlerAdapter {

		private final BlockingQueue<Object> received;

		private Receiver(BlockingQueue<Object> received) {
			this.received = received;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			this.received.add(message);
		}

	}

}
