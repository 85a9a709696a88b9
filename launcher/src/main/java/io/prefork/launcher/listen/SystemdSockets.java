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

package io.prefork.launcher.listen;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import io.netty.channel.epoll.EpollServerSocketChannel;
import org.jspecify.annotations.Nullable;

import io.prefork.launcher.edge.TcpAddress;

/**
 * The listeners that the service manager has bound. They stay open until the master
 * stops, whether workers use them or not: nobody could bind their addresses again. Not
 * thread-safe.
 */
final class SystemdSockets {

	private final Map<InheritedSocket, EpollServerSocketChannel> channels = new LinkedHashMap<>();

	private final Set<InheritedSocket> reported = new HashSet<>();

	SystemdSockets(Collection<InheritedSocket> sockets, IntFunction<EpollServerSocketChannel> adoption) {
		sockets.forEach((socket) -> this.channels.put(socket, adoption.apply(socket.descriptor())));
	}

	@Nullable EpollServerSocketChannel find(TcpAddress address) {
		return this.channels.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().serves(address))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	boolean contains(EpollServerSocketChannel channel) {
		return this.channels.containsValue(channel);
	}

	/**
	 * Describe the sockets that use a port, so that nobody else can.
	 * @param port the port
	 * @return what they are and how to ask for them; empty if there are none
	 */
	String holders(int port) {
		return this.channels.keySet()
			.stream()
			.filter((socket) -> socket.address().getPort() == port)
			.map((socket) -> "%s, for which the application would ask with %s".formatted(socket, socket.properties()))
			.collect(Collectors.joining("; "));
	}

	/**
	 * Say of sockets that nobody uses what to do about it, once each.
	 * @param used the addresses of the listeners in use
	 * @return a warning for each
	 */
	List<String> warnings(Set<InetSocketAddress> used) {
		this.reported.removeIf((socket) -> used.contains(socket.address()));
		return this.channels.keySet()
			.stream()
			.filter((socket) -> !used.contains(socket.address()) && this.reported.add(socket))
			.map((socket) -> ("nobody accepts from the service manager's socket %s, so connections to it wait in vain; "
					+ "set %s, or remove it from the socket unit")
				.formatted(socket, socket.properties()))
			.toList();
	}

	void close() {
		this.channels.values().forEach((channel) -> channel.close().syncUninterruptibly());
		this.channels.clear();
	}

}
