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

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The listeners of a master. Each address that a worker asks for is bound once and kept;
 * the master itself never accepts. Not thread-safe: the master loop owns it.
 */
public final class Listeners implements AutoCloseable {

	private static final int ACCESS_DENIED = -13;

	private static final int ADDRESS_IN_USE = -98;

	private static final int ADDRESS_NOT_AVAILABLE = -99;

	private static final int TOO_MANY_FILES = -24;

	private final Map<ListenAddress, EpollServerSocketChannel> channels = new LinkedHashMap<>();

	private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("prefork-listen", true), EpollIoHandler.newFactory());

	private final ReservedPorts reserved = new ReservedPorts();

	private final int backlog;

	private final InheritedListeners inherited;

	/**
	 * Create listeners.
	 * @param backlog the length of each accept queue; that of an inherited socket is what
	 * it is
	 * @param inherited sockets that are used instead of binding their addresses; their
	 * descriptors are not the caller's from now on
	 */
	public Listeners(int backlog, List<InheritedSocket> inherited) {
		this.backlog = backlog;
		this.inherited = new InheritedListeners(inherited, this::wrap);
	}

	/**
	 * Get the listener for an address, binding it if this is the first request.
	 * @param address the address
	 * @return the descriptor of the socket, which stays the master's; it listens unless
	 * the port is only reserved
	 * @throws ListenException if the address can't be bound
	 */
	public int obtain(ListenAddress address) throws ListenException {
		EpollServerSocketChannel channel = this.channels.get(address);
		if (channel == null && this.eventLoop.isShuttingDown()) {
			throw new ListenException("%s can't be bound: the master stops".formatted(address));
		}
		if (address.reserved()) {
			return reserve(address);
		}
		if (channel == null) {
			EpollServerSocketChannel found = this.inherited.find(address);
			channel = (found != null) ? found : bind(address);
			this.channels.put(address, channel);
		}
		return channel.fd().intValue();
	}

	/**
	 * Take over a listener from another process; if there is one for the address already
	 * this copy is closed.
	 * @param address what it was asked for with
	 * @param descriptor the descriptor of the listening socket, from now on not the
	 * caller's
	 */
	public void adopt(ListenAddress address, int descriptor) {
		if (address.reserved()) {
			this.reserved.adopt(address, descriptor);
			return;
		}
		EpollServerSocketChannel channel = wrap(descriptor);
		if (this.channels.putIfAbsent(address, channel) != null) {
			channel.close().syncUninterruptibly();
		}
	}

	/**
	 * The listeners that are open.
	 * @return their descriptors, which stay the master's, by address
	 */
	public Map<ListenAddress, Integer> descriptors() {
		Map<ListenAddress, Integer> descriptors = new LinkedHashMap<>();
		this.channels.forEach((address, channel) -> descriptors.put(address, channel.fd().intValue()));
		this.reserved.sockets().forEach((address, socket) -> descriptors.put(address, socket.intValue()));
		return descriptors;
	}

	/**
	 * The addresses that are bound, the true port in place of port 0.
	 * @return the addresses in the order in which they were asked for
	 */
	public List<String> addresses() {
		return Stream
			.concat(this.channels.values().stream().map(EpollServerSocketChannel::localAddress),
					this.reserved.addresses())
			.map(ListenAddress::format)
			.distinct()
			.toList();
	}

	/**
	 * Say which inherited sockets nobody uses, and what to do about it.
	 * @return a warning for each, once as long as that does not change
	 */
	public List<String> warnings() {
		return this.inherited.warnings(this.channels.values()
			.stream()
			.map(EpollServerSocketChannel::localAddress)
			.collect(Collectors.toSet()));
	}

	/**
	 * Close listeners that nobody needs any more, inherited ones apart.
	 * @param used the addresses of those that are needed
	 */
	public void retain(Collection<ListenAddress> used) {
		this.reserved.retain(used);
		this.channels.entrySet().removeIf((entry) -> {
			boolean unused = !used.contains(entry.getKey());
			if (unused && !this.inherited.contains(entry.getValue())) {
				entry.getValue().close().syncUninterruptibly();
			}
			return unused;
		});
	}

	/**
	 * Close the master's side of all listeners. Connections in an accept queue are lost
	 * only if no worker has the listener open.
	 */
	@Override
	public void close() {
		this.channels.values().forEach((channel) -> channel.close().syncUninterruptibly());
		this.channels.clear();
		this.reserved.close();
		this.inherited.close();
		this.eventLoop.shutdownGracefully();
	}

	private EpollServerSocketChannel wrap(int descriptor) {
		EpollServerSocketChannel channel = new EpollServerSocketChannel(descriptor);
		channel.config().setAutoRead(false);
		this.eventLoop.register(channel).syncUninterruptibly();
		return channel;
	}

	private EpollServerSocketChannel bind(ListenAddress address) throws ListenException {
		EpollServerSocketChannel channel = new EpollServerSocketChannel();
		channel.config().setAutoRead(false);
		channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
		channel.config().setBacklog(this.backlog);
		ChannelFuture registration = this.eventLoop.register(channel).awaitUninterruptibly();
		ChannelFuture binding = registration.isSuccess()
				? channel.bind(address.toSocketAddress()).awaitUninterruptibly() : registration;
		if (!binding.isSuccess()) {
			channel.close();
			throw new ListenException(explain(address, binding.cause()), binding.cause());
		}
		return channel;
	}

	private int reserve(ListenAddress address) throws ListenException {
		try {
			return this.reserved.obtain(address).intValue();
		}
		catch (IOException ex) {
			throw new ListenException(explain(address, ex), ex);
		}
	}

	private String explain(ListenAddress address, Throwable cause) {
		int error = (cause instanceof NativeIoException nativeException) ? nativeException.expectedErr() : 0;
		return switch (error) {
			case ADDRESS_IN_USE -> "%s can't be bound: %s".formatted(address, inUse(address));
			case ACCESS_DENIED -> ("%s can't be bound: this user may not bind ports below 1024; choose a higher port, "
					+ "give the process CAP_NET_BIND_SERVICE, or lower net.ipv4.ip_unprivileged_port_start")
				.formatted(address);
			case ADDRESS_NOT_AVAILABLE ->
				"%s can't be bound: no interface of this machine has that address; correct server.address"
					.formatted(address);
			case TOO_MANY_FILES ->
				"%s can't be bound: the master has too few file descriptors; raise the limit (ulimit -n)"
					.formatted(address);
			default -> "%s can't be bound: %s".formatted(address, cause.getMessage());
		};
	}

	private String inUse(ListenAddress address) {
		int port = address.toSocketAddress().getPort();
		String holders = this.inherited.holders(port);
		return holders.isEmpty()
				? "the port is in use%s; stop that process, or set server.port to another port".formatted(owner(port))
				: "the service manager has bound " + holders;
	}

	private static String owner(int port) {
		try {
			return " by " + PortOwner.of(port);
		}
		catch (IOException | DirectoryIteratorException ex) {
			return "";
		}
	}

}
