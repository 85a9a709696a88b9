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
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

import io.prefork.protocol.Frames;
import io.prefork.protocol.FromMaster;
import io.prefork.protocol.FromNewMaster;
import io.prefork.protocol.FromPredecessor;
import io.prefork.protocol.FromWorker.Listen;
import io.prefork.protocol.Message;
import io.prefork.protocol.Message.Purpose;
import io.prefork.protocol.ProtocolException;

/**
 * The connections of a predecessor to the new master: one for frames, one for descriptors
 * (SCM_RIGHTS, see unix(7)). Its methods block; {@link #close} may be called from any
 * thread and ends them.
 */
public final class ListenerHandover implements AutoCloseable {

	private final SocketChannel control;

	private ListenerHandover(SocketChannel control) {
		this.control = control;
	}

	/**
	 * Hand copies of listeners to a new master. This process may go on accepting.
	 * @param socket the socket at which the new master waits for its predecessors
	 * @param token the secret that this process has to show
	 * @param listeners the listening sockets' descriptors by what they were asked for
	 * with, to stay open until this returns
	 * @return the connection to the new master
	 * @throws IOException if there is no new master, or it does not want them
	 */
	public static ListenerHandover to(Path socket, String token, Map<Listen, Integer> listeners) throws IOException {
		List<Listen> order = List.copyOf(listeners.keySet());
		ListenerHandover handover = new ListenerHandover(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
		try {
			handover.write(hello(Purpose.PREDECESSOR, token));
			handover.write(new FromPredecessor.Handover(order));
			handover.send(socket, token, order.stream().map(listeners::get).toList());
			return handover;
		}
		catch (IOException ex) {
			handover.close();
			throw ex;
		}
	}

	/**
	 * Wait for the new master to take over.
	 * @return how this process has to leave, or {@code null} if the new master is gone
	 */
	public FromMaster.@Nullable Drain await() {
		try {
			Message message = Frames.read(this.control);
			while (message != null && !(message instanceof FromMaster.Drain)) {
				message = Frames.read(this.control);
			}
			return (FromMaster.Drain) message;
		}
		catch (IOException | ProtocolException ex) {
			return null;
		}
	}

	@Override
	public void close() {
		try {
			this.control.close();
		}
		catch (IOException ex) {
			// There is nothing left to close.
		}
	}

	private void send(Path socket, String token, List<Integer> descriptors) throws IOException {
		EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1,
				new DefaultThreadFactory("prefork-handover", true), EpollIoHandler.newFactory());
		try {
			Channel channel = new Bootstrap().group(eventLoop)
				.channel(EpollDomainSocketChannel.class)
				.handler(new ChannelInboundHandlerAdapter())
				.connect(new DomainSocketAddress(socket.toFile()))
				.sync()
				.channel();
			channel.writeAndFlush(Unpooled.wrappedBuffer(Frames.encode(hello(Purpose.LISTENERS, token)))).sync();
			awaitProceed();
			for (int descriptor : descriptors) {
				channel.writeAndFlush(new FileDescriptor(descriptor)).sync();
			}
			channel.close().sync();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while handing listeners to " + socket, ex);
		}
		finally {
			eventLoop.shutdownGracefully();
		}
	}

	private void awaitProceed() throws IOException {
		try {
			if (!(Frames.read(this.control) instanceof FromNewMaster.Proceed)) {
				throw new IOException("The new master does not want the listeners");
			}
		}
		catch (ProtocolException ex) {
			throw new IOException("The new master speaks another protocol", ex);
		}
	}

	private void write(Message message) throws IOException {
		ByteBuffer frame = Frames.encode(message);
		while (frame.hasRemaining()) {
			this.control.write(frame);
		}
	}

	private static Message.Hello hello(Purpose purpose, String token) {
		return new Message.Hello(Frames.VERSION, purpose, 0, 0, token);
	}

}
