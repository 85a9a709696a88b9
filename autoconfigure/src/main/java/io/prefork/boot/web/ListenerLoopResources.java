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

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

import io.prefork.boot.control.BindAddress;
import io.prefork.boot.transport.TransportLoops;

/**
 * The event loops of one server, which gets its listener from the master. All else is
 * left to the application's own event loops.
 */
final class ListenerLoopResources implements LoopResources {

	private final LoopResources loops;

	private final TransportLoops serverLoops;

	private final ListenerFactory listeners;

	private final List<BindAddress> addresses;

	private final Consumer<EventLoopGroup> serving;

	private final boolean tls;

	/**
	 * Create event loops.
	 * @param loops the application's
	 * @param serverLoops those that servers run on
	 * @param listeners gets the listeners
	 * @param addresses where the server listens
	 * @param serving is told the event loops that serve
	 * @param tls whether the server speaks TLS
	 */
	ListenerLoopResources(LoopResources loops, TransportLoops serverLoops, ListenerFactory listeners,
			List<BindAddress> addresses, Consumer<EventLoopGroup> serving, boolean tls) {
		this.loops = loops;
		this.serverLoops = serverLoops;
		this.listeners = listeners;
		this.addresses = addresses;
		this.serving = serving;
		this.tls = tls;
	}

	@Override
	public <CHANNEL extends Channel> CHANNEL onChannel(Class<CHANNEL> type, EventLoopGroup group) {
		return ServerChannel.class.isAssignableFrom(type)
				? type.cast(this.listeners.open(this.addresses, this.serverLoops.transport(), this.tls))
				: this.loops.onChannel(type, group);
	}

	@Override
	public <CHANNEL extends Channel> Class<? extends CHANNEL> onChannelClass(Class<CHANNEL> type,
			EventLoopGroup group) {
		return this.loops.onChannelClass(type, group);
	}

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		EventLoopGroup group = this.serverLoops
			.forConnections(this.loops.onServer(this.serverLoops.transport().isNative()));
		this.serving.accept(group);
		return group;
	}

	@Override
	public EventLoopGroup onServerSelect(boolean useNative) {
		return this.serverLoops.forListeners(this.loops.onServerSelect(this.serverLoops.transport().isNative()));
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

}
