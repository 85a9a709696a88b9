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

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker.Listen;
import io.prefork.protocol.Message;

/**
 * The master's end of the control channel: a Unix socket to which workers connect, once
 * for frames and once for descriptors. Who connects has to be a process that the master
 * started, and to know its token.
 * <p>
 * Methods may be called from any thread; they return at once.
 */
public final class ControlServer implements AutoCloseable {

	private static final SecureRandom RANDOM = new SecureRandom();

	private final Map<WorkerId, ControlSession> sessions = new ConcurrentHashMap<>();

	private final Map<Long, PredecessorSession> predecessors = new ConcurrentHashMap<>();

	private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("prefork-control", true), EpollIoHandler.newFactory());

	private final ControlListener listener;

	private ControlServer(ControlListener listener) {
		this.listener = listener;
	}

	/**
	 * Listen on a Unix socket.
	 * @param socket the path of the socket
	 * @param listener is told what workers say, on the control thread
	 * @return the server
	 */
	public static ControlServer open(Path socket, ControlListener listener) {
		ControlServer server = new ControlServer(listener);
		server.listen(socket);
		return server;
	}

	/**
	 * Listen on one more Unix socket.
	 * @param socket the path of the socket
	 */
	public void listen(Path socket) {
		new ServerBootstrap().group(this.eventLoop)
			.channel(EpollServerDomainSocketChannel.class)
			.childHandler(initializer())
			.bind(new DomainSocketAddress(socket.toFile()))
			.syncUninterruptibly();
	}

	/**
	 * Make room for a process that is going to hand over its listeners.
	 * @param pid its process id
	 * @param token the token that it has to show
	 * @param taken is given the descriptors by what they were asked for with, on the
	 * control thread; they are the receiver's to close
	 */
	public void expect(long pid, String token, Consumer<Map<Listen, Integer>> taken) {
		this.predecessors.put(pid, new PredecessorSession(token, pid, taken));
	}

	/**
	 * Send a message to a process that has handed over its listeners; nothing happens if
	 * it is not connected.
	 * @param pid its process id
	 * @param message the message
	 */
	public void send(long pid, Message message) {
		PredecessorSession session = this.predecessors.get(pid);
		if (session != null) {
			session.send(message);
		}
	}

	/**
	 * Make a secret.
	 * @return 128 random bits in hexadecimal
	 */
	public static String newToken() {
		byte[] token = new byte[16];
		RANDOM.nextBytes(token);
		return HexFormat.of().formatHex(token);
	}

	/**
	 * Make room for a worker that is about to be started.
	 * @param id the worker
	 * @return the token that the worker has to show
	 */
	public String expect(WorkerId id) {
		ControlSession session = new ControlSession(newToken());
		this.sessions.put(id, session);
		return session.token();
	}

	/**
	 * Tell which process a worker is, so that no other can claim to be it.
	 * @param id the worker
	 * @param pid the process id
	 */
	public void started(WorkerId id, long pid) {
		ControlSession session = this.sessions.get(id);
		if (session != null) {
			session.started(pid);
		}
	}

	/**
	 * Forget a worker whose process has ended.
	 * @param id the worker
	 */
	public void forget(WorkerId id) {
		ControlSession session = this.sessions.remove(id);
		if (session != null) {
			session.close();
		}
	}

	/**
	 * Send a message to a worker; nothing happens if it is not connected.
	 * @param id the worker
	 * @param message the message
	 */
	public void send(WorkerId id, Message message) {
		ControlSession session = this.sessions.get(id);
		if (session != null) {
			session.send(message);
		}
	}

	/**
	 * Send a message and a copy of a descriptor to a worker; nothing happens if it is not
	 * connected.
	 * @param id the worker
	 * @param message says what the descriptor is for
	 * @param descriptor the descriptor, which has to stay open until it is sent
	 */
	public void sendDescriptor(WorkerId id, Message message, int descriptor) {
		ControlSession session = this.sessions.get(id);
		if (session != null) {
			session.send(message);
			session.sendDescriptor(descriptor);
		}
	}

	/**
	 * Pass a copy of a connection to a worker.
	 * @param id the worker
	 * @param descriptor the connection's descriptor, which has to stay open until it is
	 * sent
	 * @param sent is told whether it could be sent, on any thread
	 */
	public void sendConnection(WorkerId id, int descriptor, Consumer<Boolean> sent) {
		ControlSession session = this.sessions.get(id);
		if (session != null) {
			session.sendConnection(descriptor, sent);
		}
		else {
			sent.accept(false);
		}
	}

	/**
	 * Tell a worker that no more connections will be passed to it, when all that were
	 * passed are sent.
	 * @param id the worker
	 */
	public void endConnections(WorkerId id) {
		ControlSession session = this.sessions.get(id);
		if (session != null) {
			session.endConnections();
		}
	}

	@Override
	public void close() {
		this.sessions.values().forEach(ControlSession::close);
		this.predecessors.values().forEach(PredecessorSession::close);
		this.eventLoop.shutdownGracefully();
	}

	private HelloHandler.Sessions expected() {
		return new HelloHandler.Sessions() {

			@Override
			public @Nullable ControlSession worker(WorkerId id) {
				return ControlServer.this.sessions.get(id);
			}

			@Override
			public @Nullable PredecessorSession predecessor(long pid) {
				return ControlServer.this.predecessors.get(pid);
			}

		};
	}

	private ChannelInitializer<EpollDomainSocketChannel> initializer() {
		return new ChannelInitializer<>() {

			@Override
			protected void initChannel(EpollDomainSocketChannel channel) {
				channel.pipeline().addLast(new FrameDecoder(), new FrameEncoder());
				channel.pipeline().addLast(new HelloHandler(expected(), ControlServer.this.listener));
			}

		};
	}

}
