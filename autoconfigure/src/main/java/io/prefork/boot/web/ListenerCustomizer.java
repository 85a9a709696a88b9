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
import java.util.function.Supplier;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import io.prefork.boot.control.BindAddress;
import io.prefork.boot.transport.ChildOptions;

/**
 * Makes a server get its listener from the master. Does nothing in a process that is not
 * a worker.
 */
public final class ListenerCustomizer implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, Ordered {

	private final ServerResources loops;

	private final List<BindAddress> addresses;

	/**
	 * Create a customizer.
	 * @param loops the event loops of the server
	 * @param addresses where the server listens; empty for where it would without prefork
	 */
	public ListenerCustomizer(ServerResources loops, List<BindAddress> addresses) {
		this.loops = loops;
		this.addresses = addresses;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		if (this.loops.areShared()) {
			// With a resource factory, NettyWebServer would overrule runOn.
			factory.setResourceFactory(null);
			factory.addServerCustomizers(this::customize);
		}
	}

	private HttpServer customize(HttpServer server) {
		List<BindAddress> addresses = this.addresses.isEmpty() ? ownAddress(server) : portsFirst(this.addresses);
		// Those of the first listener's kind can be left to Reactor Netty.
		boolean mixed = addresses.stream().map(BindAddress::isUnix).distinct().count() > 1;
		LoopResources loops = this.loops.at(addresses, mixed ? server.configuration().childOptions() : Map.of(),
				server.configuration().isSecure());
		if (addresses.isEmpty() || loops == null) {
			return server;
		}
		return (mixed ? ChildOptions.remove(server) : server).bindAddress(addresses.get(0)::socket)
			.runOn(loops, true)
			.childObserve(this.loops.connections());
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
