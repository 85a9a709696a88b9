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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

import io.prefork.contract.RunDirectoryFiles;
import io.prefork.contract.Scoreboard;
import io.prefork.handover.ListenerHandover;
import io.prefork.launcher.edge.ControlEdge;
import io.prefork.launcher.edge.ControlListener;
import io.prefork.launcher.edge.HolderSession;
import io.prefork.launcher.edge.WorkerSession;
import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.FromWorker.Listen;

/**
 * The master's end of the control channel: a Unix socket to which workers connect, once
 * for frames and once for descriptors. Who connects has to be a process that the master
 * started, and to know its token.
 * <p>
 * Methods may be called from any thread; they return at once.
 */
public final class ControlServer implements ControlEdge {

	/**
	 * Four of each worker, and some to come.
	 */
	private static final int MAX_CONNECTIONS = 4 * Scoreboard.LINES + 64;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final Map<WorkerId, ControlSession> sessions = new ConcurrentHashMap<>();

	private final Map<Long, PredecessorSession> predecessors = new ConcurrentHashMap<>();

	private final AtomicInteger connections = new AtomicInteger();

	private final Map<Path, Channel> listening = new ConcurrentHashMap<>();

	private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("prefork-control", true), EpollIoHandler.newFactory());

	private final ChannelGroup broadcasting = new DefaultChannelGroup(this.eventLoop.next(), true);

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
		try {
			server.listen(socket);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The socket %s can't be put in its place".formatted(socket), ex);
		}
	}

	@Override
	public void listen(Path socket) throws IOException {
		// Under another name until it accepts: whoever waits for the file connects then.
		Path fresh = RunDirectoryFiles.newSocketBeside(socket);
		Files.deleteIfExists(fresh);
		Channel channel = new ServerBootstrap().group(this.eventLoop)
			.channel(EpollServerDomainSocketChannel.class)
			.childHandler(initializer())
			.bind(new DomainSocketAddress(fresh.toFile()))
			.syncUninterruptibly()
			.channel();
		Files.move(fresh, socket, StandardCopyOption.ATOMIC_MOVE);
		this.listening.put(socket, channel);
	}

	@Override
	public boolean restore(Path socket) throws IOException {
		if (this.listening.containsKey(socket) && Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
			return false;
		}
		Channel nameless = this.listening.remove(socket);
		if (nameless != null) {
			nameless.close();
		}
		listen(socket);
		return true;
	}

	@Override
	public HolderSession expect(long pid, String token, Consumer<Map<Listen, Integer>> taken) {
		PredecessorSession session = new PredecessorSession(token, pid, taken);
		this.predecessors.put(pid, session);
		return session;
	}

	@Override
	public String newToken() {
		byte[] token = new byte[16];
		RANDOM.nextBytes(token);
		return HexFormat.of().formatHex(token);
	}

	@Override
	public WorkerSession expect(WorkerId id) {
		ControlSession session = new ControlSession(newToken(), () -> this.sessions.remove(id));
		this.sessions.put(id, session);
		return session;
	}

	@Override
	public CompletableFuture<Void> awaitSocket(Path socket) {
		return SocketWatch.await(socket);
	}

	@Override
	public CompletableFuture<Boolean> handOver(Path socket, String token, Map<Listen, Integer> listeners) {
		CompletableFuture<Boolean> inCharge = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				inCharge.complete(handOverNow(socket, token, listeners));
			}
			finally {
				// Whatever happened: somebody waits.
				inCharge.complete(false);
			}
		}, "prefork-upgrade");
		thread.setDaemon(true);
		thread.start();
		return inCharge;
	}

	@Override
	public void close() {
		List.copyOf(this.sessions.values()).forEach(ControlSession::close);
		this.predecessors.values().forEach(PredecessorSession::close);
		this.eventLoop.shutdownGracefully();
	}

	private static boolean handOverNow(Path socket, String token, Map<Listen, Integer> listeners) {
		try (ListenerHandover handover = ListenerHandover.to(socket, token, listeners)) {
			return handover.await() != null;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private HelloHandler.Sessions expected() {
		return new HelloHandler.Sessions() {

			@Override
			public @Nullable ControlSession worker(WorkerId id) {
				return ControlServer.this.sessions.get(id);
			}

			@Override
			public ChannelGroup broadcasting() {
				return ControlServer.this.broadcasting;
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
				if (ControlServer.this.connections.incrementAndGet() > MAX_CONNECTIONS) {
					ControlServer.this.listener.rejected("the control socket has too many connections");
					channel.close();
				}
				channel.closeFuture().addListener((closed) -> ControlServer.this.connections.decrementAndGet());
				channel.pipeline().addLast(new FrameDecoder(), new FrameEncoder());
				channel.pipeline().addLast(new HelloHandler(expected(), ControlServer.this.listener));
			}

		};
	}

}
