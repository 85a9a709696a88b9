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

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.unix.PeerCredentials;
import org.jspecify.annotations.Nullable;

import io.prefork.launcher.edge.ControlListener;
import io.prefork.launcher.supervisor.Place;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.Frames;
import io.prefork.protocol.Message;

/**
 * Waits for the first message of a connection and checks who is calling: the kernel's
 * word about the peer's process (SO_PEERCRED, see unix(7)) and the token. Nothing is
 * answered before that, and not waited for for long.
 */
final class HelloHandler extends SimpleChannelInboundHandler<Message> {

	private static final long PATIENCE_SECONDS = 10;

	private final Sessions sessions;

	private final ControlListener listener;

	HelloHandler(Sessions sessions, ControlListener listener) {
		super(Message.class);
		this.sessions = sessions;
		this.listener = listener;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		context.executor().schedule(() -> {
			if (!context.isRemoved() && context.channel().isOpen()) {
				this.listener.rejected("the control socket was connected to by somebody who said nothing for %d s"
					.formatted(PATIENCE_SECONDS));
				context.close();
			}
		}, PATIENCE_SECONDS, TimeUnit.SECONDS);
		context.fireChannelActive();
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, Message message) throws IOException {
		if (!context.channel().isOpen()) {
			// It was turned away, and this came with what it said before.
			return;
		}
		PeerCredentials peer = ((EpollDomainSocketChannel) context.channel()).peerCredentials();
		if (!(message instanceof Message.Hello hello)) {
			reject(context, peer, "it spoke without saying who it is");
		}
		else if (hello.version() != Frames.VERSION) {
			reject(context, peer,
					"it speaks version %d of the protocol, not %d; launcher and starter have to be of the same version"
						.formatted(hello.version(), Frames.VERSION));
		}
		else {
			switch (hello.purpose()) {
				case CONTROL, DESCRIPTORS, CONNECTIONS, BROADCAST -> worker(context, hello, peer);
				case PREDECESSOR, LISTENERS -> predecessor(context, hello, peer);
				case OPERATOR -> operator(context, peer);
			}
		}
	}

	private void worker(ChannelHandlerContext context, Message.Hello hello, PeerCredentials peer) {
		WorkerId id = new WorkerId(Place.of(hello.slot()), hello.incarnation());
		ControlSession session = this.sessions.worker(id);
		if (session == null) {
			reject(context, peer, "there is no worker %s".formatted(id));
		}
		else if (!session.admits(hello, peer)) {
			reject(context, peer,
					"it is not the process that was started as worker %s, or its token is wrong or used".formatted(id));
		}
		else if (hello.purpose() == Message.Purpose.CONTROL) {
			context.pipeline().replace(this, "worker", new WorkerHandler(id, this.listener));
			session.controlConnected(context.channel());
		}
		else {
			context.pipeline().remove(this);
			switch (hello.purpose()) {
				case DESCRIPTORS -> session.descriptorsConnected(context.channel());
				case BROADCAST -> BroadcastHandler.join(context.channel(), this.sessions.broadcasting());
				default -> session.connectionsConnected(context.channel());
			}
		}
	}

	private void predecessor(ChannelHandlerContext context, Message.Hello hello, PeerCredentials peer) {
		PredecessorSession session = this.sessions.predecessor(peer.pid());
		if (session == null || !session.admits(hello, peer)) {
			reject(context, peer, "this master takes no listeners from it");
		}
		else {
			context.pipeline().remove(this);
			session.connected(hello.purpose(), (EpollDomainSocketChannel) context.channel());
		}
	}

	private void operator(ChannelHandlerContext context, PeerCredentials peer) {
		if (Admission.mayOperate(peer)) {
			context.pipeline().replace(this, "operator", new OperatorHandler(this.listener));
		}
		else {
			reject(context, peer, "only root and the user of the service may operate it");
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		this.listener.rejected("the control socket received what is not of its protocol: " + cause.getMessage());
		context.close();
	}

	private void reject(ChannelHandlerContext context, PeerCredentials peer, String why) {
		this.listener.rejected(
				"pid=%d uid=%d was turned away from the control socket: %s".formatted(peer.pid(), peer.uid(), why));
		context.close();
	}

	/**
	 * Those who are expected to connect.
	 */
	interface Sessions {

		/**
		 * The session of a worker.
		 * @param id the worker
		 * @return its session, or {@code null} if there is no such worker
		 */
		@Nullable ControlSession worker(WorkerId id);

		/**
		 * The connections of those who say something to all.
		 * @return the connections
		 */
		ChannelGroup broadcasting();

		/**
		 * The session of a process that hands over listeners.
		 * @param pid its process id
		 * @return its session, or {@code null} if it is not expected
		 */
		@Nullable PredecessorSession predecessor(long pid);

	}

}
