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

package io.prefork.boot.web;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

import io.prefork.boot.control.HandedListener;
import io.prefork.boot.control.MasterConnection;

/**
 * The event loops of one server, which gets its listener from the master. All else is
 * left to the application's own event loops, so that clients share them as they do
 * without prefork.
 */
final class ListenerLoopResources implements LoopResources {

	private final LoopResources loops;

	private final MasterConnection master;

	private final InetSocketAddress address;

	private final AcceptGate gate;

	private final Connections connections;

	private final Consumer<EventLoopGroup> serving;

	private final boolean tls;

	ListenerLoopResources(LoopResources loops, MasterConnection master, InetSocketAddress address, AcceptGate gate,
			Connections connections, Consumer<EventLoopGroup> serving, boolean tls) {
		this.loops = loops;
		this.master = master;
		this.address = address;
		this.gate = gate;
		this.connections = connections;
		this.serving = serving;
		this.tls = tls;
	}

	@Override
	public <CHANNEL extends Channel> CHANNEL onChannel(Class<CHANNEL> type, EventLoopGroup group) {
		return (type == ServerSocketChannel.class) ? type.cast(listener()) : this.loops.onChannel(type, group);
	}

	@Override
	public <CHANNEL extends Channel> Class<? extends CHANNEL> onChannelClass(Class<CHANNEL> type,
			EventLoopGroup group) {
		return this.loops.onChannelClass(type, group);
	}

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		EventLoopGroup group = requireEpoll(this.loops.onServer(true));
		this.serving.accept(group);
		return group;
	}

	@Override
	public EventLoopGroup onServerSelect(boolean useNative) {
		return requireEpoll(this.loops.onServerSelect(true));
	}

	@Override
	public EventLoopGroup onClient(boolean useNative) {
		return this.loops.onClient(useNative);
	}

	@Override
	public boolean daemon() {
		return this.loops.daemon();
	}

	@Override
	public Mono<Void> disposeLater(Duration quietPeriod, Duration timeout) {
		return this.loops.disposeLater(quietPeriod, timeout);
	}

	@Override
	public boolean isDisposed() {
		return this.loops.isDisposed();
	}

	private ServerSocketChannel listener() {
		HandedListener handed = this.master.listen(this.address);
		EpollServerSocketChannel listener = new EpollServerSocketChannel(handed.descriptor().intValue());
		ListenerHandler.hand(listener, handed);
		listener.config().setAutoRead(false);
		listener.attr(Probe.TLS).set(this.tls);
		listener.pipeline().addFirst("prefork.listener", new ListenerHandler(this.gate, this.connections));
		return listener;
	}

	private static EventLoopGroup requireEpoll(EventLoopGroup group) {
		if (group instanceof IoEventLoopGroup loops && !loops.isCompatible(EpollIoHandle.class)) {
			throw new IllegalStateException("The application's event loops are not on epoll, so they can't serve a "
					+ "listener of the master; remove netty-transport-native-io_uring from the class path, or set the "
					+ "ReactorResourceFactory bean to native epoll loops");
		}
		return group;
	}

}
