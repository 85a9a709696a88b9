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

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.control.BindAddress;
import io.prefork.boot.control.MasterConnection;
import io.prefork.boot.drain.Connections;
import io.prefork.boot.transport.TransportLoops;

/**
 * Event loops for a worker's servers, which give each server listeners of the master's.
 * What such a server accepts counts as a connection of the worker.
 */
public final class ServerResources {

	private final @Nullable MasterConnection master;

	private final TransportLoops loops;

	private final AcceptGate gate;

	private final Connections connections;

	private final Consumer<EventLoopGroup> serving;

	private final @Nullable ReactorResourceFactory resources;

	/**
	 * Create event loops.
	 * @param master the connection to the master; {@code null} if the process is not a
	 * worker
	 * @param loops the event loops of the servers
	 * @param gate whether the worker accepts
	 * @param connections the worker's connections
	 * @param serving is told the event loops that serve
	 * @param resources the application's event loops; {@code null} for those that Reactor
	 * Netty shares
	 */
	public ServerResources(@Nullable MasterConnection master, TransportLoops loops, AcceptGate gate,
			Connections connections, Consumer<EventLoopGroup> serving, @Nullable ReactorResourceFactory resources) {
		this.master = master;
		this.loops = loops;
		this.gate = gate;
		this.connections = connections;
		this.serving = serving;
		this.resources = resources;
	}

	/**
	 * Whether servers share their ports with those of other workers.
	 * @return {@code false} if the process is not a worker
	 */
	public boolean areShared() {
		return this.master != null;
	}

	/**
	 * The event loops of a server that speaks something else than HTTP. They ask the
	 * master for the address when they make the server's channel, blocking until the
	 * listener is there, and throw a
	 * {@link io.prefork.boot.control.ListenerRefusedException} if there can't be one.
	 * @param address where the server will bind
	 * @return the loops, or {@code null} if the process is not a worker
	 */
	public @Nullable LoopResources at(BindAddress address) {
		return at(List.of(address), Map.of(), false);
	}

	/**
	 * The same for a server with several addresses.
	 * @param addresses where the server will bind
	 * @param childOptions the options of the server's connections, as far as they are not
	 * left to the server
	 * @param tls whether the server speaks TLS
	 * @return the loops, or {@code null} if the process is not a worker
	 */
	public @Nullable LoopResources at(List<BindAddress> addresses, Map<ChannelOption<?>, ?> childOptions, boolean tls) {
		MasterConnection master = this.master;
		if (master == null) {
			return null;
		}
		LoopResources shared = (this.resources != null) ? this.resources.getLoopResources() : HttpResources.get();
		ListenerFactory listeners = new ListenerFactory(master, this.gate, this.connections, childOptions);
		return new ListenerLoopResources(shared, this.loops, listeners, addresses, this.serving, tls);
	}

	public Connections connections() {
		return this.connections;
	}

}
