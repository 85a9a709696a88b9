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
import java.net.SocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.channel.EventLoopGroup;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.HttpResources;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import io.prefork.boot.control.BindAddress;
import io.prefork.boot.control.MasterConnection;

/**
 * Makes a server get its listener from the master. Does nothing in a process that is not
 * a worker.
 */
public final class ListenerCustomizer implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, Ordered {

	private final @Nullable MasterConnection master;

	private final ServerLoops loops;

	private final List<BindAddress> addresses;

	private final AcceptGate gate;

	private final Connections connections;

	private final Consumer<EventLoopGroup> serving;

	private final @Nullable ReactorResourceFactory resources;

	/**
	 * Create a customizer.
	 * @param master the connection to the master; {@code null} if the process is not a
	 * worker
	 * @param loops the event loops of the servers
	 * @param addresses where the server listens; empty for where it would without prefork
	 * @param gate whether the worker accepts
	 * @param connections the worker's connections
	 * @param serving is told the event loops that serve
	 * @param resources the application's event loops; {@code null} for those that Reactor
	 * Netty shares
	 */
	public ListenerCustomizer(@Nullable MasterConnection master, ServerLoops loops, List<BindAddress> addresses,
			AcceptGate gate, Connections connections, Consumer<EventLoopGroup> serving,
			@Nullable ReactorResourceFactory resources) {
		this.master = master;
		this.loops = loops;
		this.addresses = addresses;
		this.gate = gate;
		this.connections = connections;
		this.serving = serving;
		this.resources = resources;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		MasterConnection master = this.master;
		if (master != null) {
			// With a resource factory, NettyWebServer would overrule runOn.
			factory.setResourceFactory(null);
			factory.addServerCustomizers((server) -> customize(server, master));
		}
	}

	private HttpServer customize(HttpServer server, MasterConnection master) {
		List<BindAddress> addresses = this.addresses.isEmpty() ? ownAddress(server) : portsFirst(this.addresses);
		if (addresses.isEmpty()) {
			return server;
		}
		LoopResources shared = (this.resources != null) ? this.resources.getLoopResources() : HttpResources.get();
		// Those of the first listener's kind can be left to Reactor Netty.
		boolean mixed = addresses.stream().map(BindAddress::isUnix).distinct().count() > 1;
		HandedListeners listeners = new HandedListeners(master, this.gate, this.connections,
				mixed ? server.configuration().childOptions() : Map.of());
		return (mixed ? ChildOptions.remove(server) : server).bindAddress(addresses.get(0)::socket)
			.runOn(new ListenerLoopResources(shared, this.loops, listeners, addresses, this.serving,
					server.configuration().isSecure()), true)
			.childObserve(this.connections);
	}

	private static List<BindAddress> ownAddress(HttpServer server) {
		Supplier<? extends SocketAddress> supplier = server.configuration().bindAddress();
		return (supplier != null && supplier.get() instanceof InetSocketAddress address)
				? List.of(new BindAddress(address)) : List.of();
	}

	/**
	 * What asks a server for its port gets that of its first address.
	 * @param addresses addresses
	 * @return the same, the ports before the Unix domain sockets
	 */
	private static List<BindAddress> portsFirst(List<BindAddress> addresses) {
		return addresses.stream().sorted(Comparator.comparing(BindAddress::isUnix)).toList();
	}

}
