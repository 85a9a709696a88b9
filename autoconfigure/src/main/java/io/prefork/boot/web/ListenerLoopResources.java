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
import io.netty.channel.socket.ServerSocketChannel;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

import io.prefork.boot.control.HandedListener;
import io.prefork.boot.control.MasterConnection;

/**
 * The event loops of one server, which gets its listener from the master. All else is
 * left to the application's own event loops.
 */
final class ListenerLoopResources implements LoopResources {

	private final LoopResources loops;

	private final ServerLoops serverLoops;

	private final MasterConnection master;

	private final InetSocketAddress address;

	private final AcceptGate gate;

	private final Connections connections;

	private final Consumer<EventLoopGroup> serving;

	private final boolean tls;

	ListenerLoopResources(LoopResources loops, ServerLoops serverLoops, MasterConnection master,
			InetSocketAddress address, AcceptGate gate, Connections connections, Consumer<EventLoopGroup> serving,
			boolean tls) {
		this.loops = loops;
		this.serverLoops = serverLoops;
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
		EventLoopGroup group = this.serverLoops.instead(this.loops.onServer(this.serverLoops.transport().isNative()));
		this.serving.accept(group);
		return group;
	}

	@Override
	public EventLoopGroup onServerSelect(boolean useNative) {
		return this.serverLoops.instead(this.loops.onServerSelect(this.serverLoops.transport().isNative()));
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
		ServerTransport transport = this.serverLoops.transport();
		HandedListener handed = transport.isNative() ? this.master.listen(this.address)
				: this.master.reserve(this.address);
		ServerSocketChannel listener = transport.listener(handed.descriptor());
		ListenerHandler.hand(listener, handed);
		listener.config().setAutoRead(false);
		listener.attr(Probe.TLS).set(this.tls);
		listener.attr(ListenerHandler.TRANSPORT).set(transport);
		listener.pipeline().addFirst("prefork.listener", new ListenerHandler(this.gate, this.connections));
		return listener;
	}

}
