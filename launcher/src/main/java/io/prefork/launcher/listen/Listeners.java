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
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.util.concurrent.DefaultThreadFactory;

import io.prefork.launcher.edge.ListenAddress;
import io.prefork.launcher.edge.ListenEdge;
import io.prefork.launcher.edge.ListenException;

/**
 * The listeners of a master. Each address that a worker asks for is bound once and kept;
 * the master itself never accepts. Not thread-safe: the master loop owns it.
 */
public final class Listeners implements ListenEdge {

	private final Map<ListenAddress, NavigableMap<Integer, EpollServerSocketChannel>> channels = new LinkedHashMap<>();

	private final EventLoop eventLoop = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("prefork-listen", true), EpollIoHandler.newFactory())
		.next();

	private final ReservedPorts reserved = new ReservedPorts();

	private final UnixListeners unix;

	private final int backlog;

	private final boolean reusePort;

	private final InheritedListeners inherited;

	private boolean stopped;

	private Consumer<ServerChannel> acceptor = (channel) -> {
	};

	/**
	 * Create listeners.
	 * @param backlog the length of each accept queue; that of an inherited socket is what
	 * it is
	 * @param reusePort whether an address may have several sockets
	 * @param inherited sockets that are used instead of binding their addresses; their
	 * descriptors are not the caller's from now on
	 */
	public Listeners(int backlog, boolean reusePort, List<InheritedSocket> inherited) {
		this.backlog = backlog;
		this.reusePort = reusePort;
		this.unix = new UnixListeners(backlog,
				(descriptor) -> accepting(register(new EpollServerDomainSocketChannel(descriptor))));
		this.inherited = new InheritedListeners(inherited,
				(descriptor) -> register(new EpollServerSocketChannel(descriptor)));
	}

	@Override
	public int obtain(ListenAddress address) throws ListenException {
		NavigableMap<Integer, EpollServerSocketChannel> sockets = this.channels.get(address);
		if (sockets != null) {
			checkAdopted(address, sockets);
			return sockets.firstEntry().getValue().fd().intValue();
		}
		EpollServerDomainSocketChannel there = this.unix.channels().get(address);
		if (there != null) {
			return there.fd().intValue();
		}
		if (this.stopped) {
			throw new ListenException("%s can't be bound: the master stops".formatted(address));
		}
		if (address.reserved()) {
			return reserve(address);
		}
		if (address.isUnix()) {
			return this.unix.bind(address).fd().intValue();
		}
		EpollServerSocketChannel found = this.inherited.find(address);
		if (found == null && this.reusePort) {
			checkFree(address);
		}
		EpollServerSocketChannel channel = (found != null) ? found : bind(address, address.toSocketAddress());
		if (this.reusePort) {
			requireReusePort(address, channel);
		}
		add(address, 0, channel);
		return channel.fd().intValue();
	}

	@Override
	public int obtain(ListenAddress address, int number) throws ListenException {
		NavigableMap<Integer, EpollServerSocketChannel> sockets = this.channels.get(address);
		if (sockets == null || this.stopped) {
			throw new ListenException("%s has no socket".formatted(address));
		}
		InetSocketAddress bound = sockets.firstEntry().getValue().localAddress();
		for (int i = 0; i <= number; i++) {
			if (!sockets.containsKey(i)) {
				add(address, i, bind(address, bound));
			}
		}
		return Objects.requireNonNull(sockets.get(number)).fd().intValue();
	}

	@Override
	public void adopt(ListenAddress address, int number, int descriptor) {
		if (address.reserved()) {
			this.reserved.adopt(address, descriptor);
			return;
		}
		if (address.isUnix()) {
			this.unix.adopt(address, descriptor);
			return;
		}
		EpollServerSocketChannel channel = register(new EpollServerSocketChannel(descriptor));
		if (this.channels.getOrDefault(address, new TreeMap<>()).containsKey(number)) {
			channel.close().syncUninterruptibly();
		}
		else {
			add(address, number, channel);
		}
	}

	@Override
	public Map<ListenAddress, Map<Integer, Integer>> descriptors() {
		Map<ListenAddress, Map<Integer, Integer>> descriptors = new LinkedHashMap<>();
		this.channels.forEach((address, sockets) -> {
			Map<Integer, Integer> numbered = new LinkedHashMap<>();
			sockets.forEach((number, channel) -> numbered.put(number, channel.fd().intValue()));
			descriptors.put(address, numbered);
		});
		this.reserved.sockets().forEach((address, socket) -> descriptors.put(address, Map.of(0, socket.intValue())));
		this.unix.channels()
			.forEach((address, channel) -> descriptors.put(address, Map.of(0, channel.fd().intValue())));
		return descriptors;
	}

	@Override
	public List<String> addresses() {
		Stream<String> ports = Stream
			.concat(channels().map(EpollServerSocketChannel::localAddress), this.reserved.addresses())
			.map(BoundAddress::format);
		return Stream.concat(ports, this.unix.addresses()).distinct().toList();
	}

	@Override
	public List<String> warnings() {
		return this.inherited
			.warnings(channels().map(EpollServerSocketChannel::localAddress).collect(Collectors.toSet()));
	}

	@Override
	public void steer(ListenAddress address, int count) throws IOException {
		NavigableMap<Integer, EpollServerSocketChannel> sockets = this.channels.get(address);
		if (sockets != null) {
			ReusePortSteering.toFirst(count, sockets.firstEntry().getValue().fd().intValue());
		}
	}

	@Override
	public void retain(Collection<ListenAddress> used) {
		this.reserved.retain(used);
		this.unix.retain(used);
		this.channels.entrySet().removeIf((entry) -> {
			boolean unused = !used.contains(entry.getKey());
			if (unused) {
				entry.getValue()
					.values()
					.stream()
					.filter((channel) -> !this.inherited.contains(channel))
					.forEach((channel) -> channel.close().syncUninterruptibly());
			}
			return unused;
		});
	}

	@Override
	public void stop() {
		this.stopped = true;
		channels().forEach((channel) -> channel.close().syncUninterruptibly());
		this.channels.clear();
		this.reserved.close();
		this.unix.close();
		this.inherited.close();
	}

	@Override
	public void close() {
		stop();
		this.eventLoop.shutdownGracefully();
	}

	/**
	 * Let somebody accept from all listeners, those that come later included.
	 * @param acceptor is given each listener, on the event loop
	 * @return the event loop
	 */
	EventLoop acceptWith(Consumer<ServerChannel> acceptor) {
		this.acceptor = acceptor;
		channels().forEach(this::accepting);
		this.unix.channels().values().forEach(this::accepting);
		return this.eventLoop;
	}

	private Stream<EpollServerSocketChannel> channels() {
		return this.channels.values().stream().flatMap((sockets) -> sockets.values().stream());
	}

	private void add(ListenAddress address, int number, EpollServerSocketChannel channel) {
		this.channels.computeIfAbsent(address, (key) -> new TreeMap<>()).put(number, channel);
		accepting(channel);
	}

	/**
	 * Let the acceptor have a new listener.
	 * @param channel the listener, which is registered
	 * @param <C> its type
	 * @return the listener
	 */
	private <C extends ServerChannel> C accepting(C channel) {
		Consumer<ServerChannel> accepting = this.acceptor;
		this.eventLoop.execute(() -> accepting.accept(channel));
		return channel;
	}

	private <C extends ServerChannel> C register(C channel) {
		channel.config().setAutoRead(false);
		this.eventLoop.register(channel).syncUninterruptibly();
		return channel;
	}

	private EpollServerSocketChannel bind(ListenAddress address, InetSocketAddress where) throws ListenException {
		EpollServerSocketChannel channel = new EpollServerSocketChannel();
		channel.config().setAutoRead(false);
		channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
		channel.config().setReusePort(this.reusePort);
		channel.config().setBacklog(this.backlog);
		ChannelFuture registration = this.eventLoop.register(channel).awaitUninterruptibly();
		ChannelFuture binding = registration.isSuccess() ? channel.bind(where).awaitUninterruptibly() : registration;
		if (!binding.isSuccess()) {
			channel.close();
			throw BindFailure.explain(address, binding.cause(), this.inherited);
		}
		return channel;
	}

	/**
	 * With SO_REUSEPORT the kernel would let two services have the same address.
	 * @param address the address
	 * @throws ListenException if somebody listens there
	 */
	private void checkFree(ListenAddress address) throws ListenException {
		Socket probe = Socket.newSocketStream();
		try {
			probe.setReuseAddress(true);
			probe.bind(address.toSocketAddress());
		}
		catch (IOException ex) {
			throw BindFailure.explain(address, ex, this.inherited);
		}
		finally {
			closeQuietly(probe);
		}
	}

	private int reserve(ListenAddress address) throws ListenException {
		try {
			return this.reserved.obtain(address).intValue();
		}
		catch (IOException ex) {
			throw BindFailure.explain(address, ex, this.inherited);
		}
	}

	/**
	 * What a predecessor has handed over may be of another distribution.
	 * @param address the address
	 * @param sockets its sockets
	 * @throws ListenException if they are
	 */
	private void checkAdopted(ListenAddress address, NavigableMap<Integer, EpollServerSocketChannel> sockets)
			throws ListenException {
		if (this.reusePort) {
			requireReusePort(address, sockets.firstEntry().getValue());
		}
		else if (sockets.size() > 1) {
			throw new ListenException(("%s has %d sockets, because the old master has prefork.distribution=reuseport; "
					+ "an upgrade can't change that: stop the service and start it")
				.formatted(address, sockets.size()));
		}
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is not used any more.
		}
	}

	private static void requireReusePort(ListenAddress address, EpollServerSocketChannel channel)
			throws ListenException {
		if (!channel.config().isReusePort()) {
			throw new ListenException(("%s can't have several sockets, because it was bound without SO_REUSEPORT; set "
					+ "ReusePort=yes in the socket unit, or stop the service and start it if the old master has "
					+ "another prefork.distribution")
				.formatted(address));
		}
	}

}
