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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.DomainSocketAddress;

import io.prefork.boot.accept.AcceptForwarder;
import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.control.BindAddress;
import io.prefork.boot.control.MasterConnection;
import io.prefork.boot.control.ReceivedListener;
import io.prefork.boot.drain.Connections;
import io.prefork.boot.transport.ChildOptions;
import io.prefork.boot.transport.ServerTransport;

/**
 * Gets the listeners of a server from the master: one for each of its addresses.
 */
final class ListenerFactory {

	private static final String NAME = "prefork.listener";

	private final MasterConnection master;

	private final AcceptGate gate;

	private final Connections connections;

	private final Map<ChannelOption<?>, ?> childOptions;

	/**
	 * Create listeners.
	 * @param master the connection to the master
	 * @param gate whether the worker accepts
	 * @param connections the worker's connections
	 * @param childOptions the options of the server's connections, as far as they are not
	 * left to the server
	 */
	ListenerFactory(MasterConnection master, AcceptGate gate, Connections connections,
			Map<ChannelOption<?>, ?> childOptions) {
		this.master = master;
		this.gate = gate;
		this.connections = connections;
		this.childOptions = childOptions;
	}

	/**
	 * Get the listeners of a server, blocking until they are there.
	 * @param addresses where the server listens
	 * @param transport what its event loops can do
	 * @param tls whether it speaks TLS
	 * @return the listener of the first address, which has to be registered and bound;
	 * the others follow it, and their connections come to it
	 */
	ServerChannel open(List<BindAddress> addresses, ServerTransport transport, boolean tls) {
		List<ServerChannel> listeners = new ArrayList<>();
		for (BindAddress address : addresses) {
			listeners.add(listener(address, transport, tls));
		}
		ServerChannel first = listeners.get(0);
		List<ServerChannel> others = listeners.subList(1, listeners.size());
		first.pipeline().addLast(NAME, new ListenerHandler(this.gate, this.connections, others));
		if (!this.childOptions.isEmpty()) {
			first.pipeline().addLast(new ChildOptions(this.childOptions));
		}
		for (ServerChannel other : others) {
			other.pipeline()
				.addLast(NAME, new ListenerHandler(this.gate, this.connections, List.of()))
				.addLast(new AcceptForwarder(first.pipeline().context(NAME), this.gate));
		}
		return first;
	}

	private ServerChannel listener(BindAddress address, ServerTransport transport, boolean tls) {
		ReceivedListener handed = transport.isNative() ? this.master.listen(address) : this.master.reserve(address);
		ServerChannel listener = (address.socket() instanceof DomainSocketAddress unix)
				? transport.unixListener(handed.descriptor(), unix) : transport.listener(handed.descriptor());
		ListenerHandler.hand(listener, handed);
		listener.config().setAutoRead(false);
		listener.attr(Probe.TLS).set(tls);
		listener.attr(ListenerHandler.TRANSPORT).set(transport);
		return listener;
	}

}
