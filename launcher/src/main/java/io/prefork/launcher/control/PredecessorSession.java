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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.PeerCredentials;
import org.jspecify.annotations.Nullable;

import io.prefork.launcher.edge.HolderSession;
import io.prefork.protocol.FromNewMaster;
import io.prefork.protocol.FromPredecessor;
import io.prefork.protocol.FromWorker.Listen;
import io.prefork.protocol.Message;
import io.prefork.protocol.Message.Purpose;

/**
 * The two connections of a process that hands over its listeners. If they end before
 * everything is there, the process may try again.
 */
final class PredecessorSession implements HolderSession {

	private final List<Integer> received = new ArrayList<>();

	private final Admission admission;

	private final Consumer<Map<Listen, Integer>> taken;

	private @Nullable Channel control;

	private @Nullable Channel descriptors;

	private @Nullable List<Listen> offered;

	PredecessorSession(String token, long pid, Consumer<Map<Listen, Integer>> taken) {
		this.admission = new Admission(token);
		this.admission.onlyFor(pid);
		this.taken = taken;
	}

	synchronized boolean admits(Message.Hello hello, PeerCredentials peer) {
		return this.admission.admits(hello, peer);
	}

	/**
	 * A connection has been admitted.
	 * @param purpose what for
	 * @param channel the connection, without a handler for what it reads
	 */
	synchronized void connected(Purpose purpose, EpollDomainSocketChannel channel) {
		if (purpose == Purpose.PREDECESSOR) {
			this.control = channel;
			channel.pipeline().addLast("predecessor", new ControlHandler());
		}
		else {
			this.descriptors = channel;
			channel.pipeline().addLast("listeners", new DescriptorHandler());
			channel.config().setReadMode(DomainSocketReadMode.FILE_DESCRIPTORS);
			proceed();
		}
	}

	@Override
	public synchronized void send(FromNewMaster message) {
		if (this.control != null) {
			this.control.writeAndFlush(message);
		}
	}

	synchronized void close() {
		if (this.control != null) {
			this.control.close();
		}
		if (this.descriptors != null) {
			this.descriptors.close();
		}
	}

	private synchronized void offered(FromPredecessor.Handover handover) {
		this.offered = handover.listeners();
		proceed();
	}

	private void proceed() {
		Channel channel = this.descriptors;
		if (this.offered != null && channel != null) {
			// Not within this read: what remains of it still reads bytes, and would lose
			// a descriptor that comes with them.
			channel.eventLoop().execute(() -> send(new FromNewMaster.Proceed()));
			takeIfComplete();
		}
	}

	private synchronized void received(FileDescriptor descriptor) {
		this.received.add(descriptor.intValue());
		takeIfComplete();
	}

	private void takeIfComplete() {
		if (this.offered != null && this.received.size() == this.offered.size()) {
			Map<Listen, Integer> listeners = new LinkedHashMap<>();
			for (int i = 0; i < this.received.size(); i++) {
				listeners.put(this.offered.get(i), this.received.get(i));
			}
			this.received.clear();
			this.offered = null;
			this.taken.accept(listeners);
		}
	}

	private synchronized void ended() {
		this.control = null;
		this.descriptors = null;
		this.offered = null;
		this.admission.again();
	}

	/**
	 * Reads frames.
	 */
	private final class ControlHandler extends SimpleChannelInboundHandler<Message> {

		ControlHandler() {
			super(Message.class);
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, Message message) {
			if (message instanceof FromPredecessor.Handover handover) {
				offered(handover);
			}
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			ended();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

	}

	/**
	 * Reads descriptors.
	 */
	private final class DescriptorHandler extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof FileDescriptor descriptor) {
				received(descriptor);
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

	}

}
