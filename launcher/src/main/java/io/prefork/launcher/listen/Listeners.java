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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

import io.prefork.launcher.edge.ListenAddress;
import io.prefork.launcher.edge.ListenEdge;
import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.ReservedPort;
import io.prefork.launcher.edge.TcpAddress;
import io.prefork.launcher.edge.UnixAddress;

/**
 * The listeners of a master. Each address that a worker asks for is bound once and kept;
 * the master itself never accepts. Not thread-safe: the master loop owns it.
 */
public final class Listeners implements ListenEdge {

	private final Map<ListenAddress, BoundListener> bound = new LinkedHashMap<>();

	private final ListenLoop loop = new ListenLoop();

	private final SystemdSockets inherited;

	private final TcpBinding tcp;

	private final UnixBinding unix;

	private boolean stopped;

	private boolean fixed;

	/**
	 * Create listeners.
	 * @param backlog the length of each accept queue; that of an inherited socket is what
	 * it is
	 * @param reusePort whether an address may have several sockets
	 * @param inherited sockets that are used instead of binding their addresses; their
	 * descriptors are not the caller's from now on
	 */
	public Listeners(int backlog, boolean reusePort, List<InheritedSocket> inherited) {
		this.inherited = new SystemdSockets(inherited,
				(descriptor) -> this.loop.register(new EpollServerSocketChannel(descriptor)));
		this.tcp = new TcpBinding(this.loop, backlog, reusePort, this.inherited);
		this.unix = new UnixBinding(this.loop, backlog);
	}

	@Override
	public int obtain(ListenAddress address) throws ListenException {
		BoundListener listener = this.bound.get(address);
		if (listener instanceof TcpListener port) {
			port.check();
		}
		if (listener == null) {
			if (this.stopped) {
				throw new ListenException("%s can't be bound: the master stops".formatted(address));
			}
			listener = address.handle(new Binding());
			this.bound.put(address, listener);
		}
		return listener.descriptors().values().iterator().next();
	}

	@Override
	public int obtain(ListenAddress address, int number) throws ListenException {
		if (this.bound.get(address) instanceof TcpListener port) {
			return port.descriptor(this.fixed ? Math.min(number, port.last()) : number);
		}
		throw new ListenException("%s has no socket".formatted(address));
	}

	@Override
	public void fix(boolean fixed) {
		this.fixed = fixed;
	}

	@Override
	public void adopt(ListenAddress address, int number, int descriptor) {
		this.bound.put(address, address.handle(new Adoption(number, descriptor)));
	}

	@Override
	public Map<ListenAddress, Map<Integer, Integer>> descriptors() {
		Map<ListenAddress, Map<Integer, Integer>> descriptors = new LinkedHashMap<>();
		this.bound.forEach((address, listener) -> descriptors.put(address, listener.descriptors()));
		return descriptors;
	}

	@Override
	public List<String> addresses() {
		return this.bound.values().stream().map(BoundListener::text).distinct().toList();
	}

	@Override
	public Map<String, Integer> waiting() {
		Map<String, Integer> waiting = new LinkedHashMap<>();
		this.bound.values()
			.forEach((listener) -> listener.waiting()
				.ifPresent((connections) -> waiting.merge(listener.text(), connections, Integer::sum)));
		return waiting;
	}

	@Override
	public List<String> warnings() {
		return this.inherited.warnings(this.bound.values()
			.stream()
			.flatMap((listener) -> (listener instanceof TcpListener port) ? Stream.of(port.where()) : Stream.empty())
			.collect(Collectors.toSet()));
	}

	@Override
	public void steer(ListenAddress address, List<Integer> weights) throws IOException {
		if (this.bound.get(address) instanceof TcpListener port) {
			port.steer(weights);
		}
	}

	@Override
	public void retain(Collection<ListenAddress> used) {
		Set<BoundListener> unused = new LinkedHashSet<>(this.bound.values());
		this.bound.keySet().retainAll(used);
		unused.removeAll(this.bound.values());
		unused.forEach(BoundListener::close);
		this.unix.removeStale(unixListeners().map(UnixListener::file).toList());
	}

	@Override
	public void stop() {
		this.stopped = true;
		retain(List.of());
		this.inherited.close();
	}

	@Override
	public void close() {
		stop();
		this.loop.close();
	}

	/**
	 * Let somebody accept from all listeners, those that come later included.
	 * @param acceptor is given each listener, on the event loop
	 * @return the event loop
	 */
	EventLoop acceptWith(Consumer<ServerChannel> acceptor) {
		EventLoop eventLoop = this.loop.acceptWith(acceptor);
		this.bound.values().stream().flatMap(BoundListener::channels).forEach(this.loop::announce);
		return eventLoop;
	}

	private @Nullable UnixListener at(UnixAddress address) {
		return unixListeners().filter((listener) -> listener.file().equals(address.socket().path()))
			.findFirst()
			.orElse(null);
	}

	private Stream<UnixListener> unixListeners() {
		return this.bound.values().stream().filter(UnixListener.class::isInstance).map(UnixListener.class::cast);
	}

	/**
	 * Binds an address that has no listener yet.
	 */
	private final class Binding implements ListenAddress.Handler<BoundListener, ListenException> {

		@Override
		public BoundListener tcp(TcpAddress address) throws ListenException {
			TcpListener listener = new TcpListener(address, Listeners.this.tcp);
			listener.bind();
			return listener;
		}

		@Override
		public BoundListener unix(UnixAddress address) throws ListenException {
			return Listeners.this.unix.bind(address, (address.occurrence() == 0) ? at(address) : null);
		}

		@Override
		public BoundListener reserved(ReservedPort address) throws ListenException {
			try {
				return ReservedSocket.bind(address.address().toSocketAddress());
			}
			catch (IOException ex) {
				throw BindFailure.explain(address.address(), ex, Listeners.this.inherited);
			}
		}

	}

	/**
	 * Takes over a socket of a predecessor.
	 */
	private final class Adoption implements ListenAddress.Handler<BoundListener, RuntimeException> {

		private final int number;

		private final int descriptor;

		private Adoption(int number, int descriptor) {
			this.number = number;
			this.descriptor = descriptor;
		}

		@Override
		public BoundListener tcp(TcpAddress address) {
			TcpListener listener = (Listeners.this.bound.get(address) instanceof TcpListener there) ? there
					: new TcpListener(address, Listeners.this.tcp);
			listener.adopt(this.number, this.descriptor);
			return listener;
		}

		@Override
		public BoundListener unix(UnixAddress address) {
			UnixListener there = at(address);
			return (there != null) ? keep(there) : Listeners.this.unix.adopt(address, this.descriptor);
		}

		@Override
		public BoundListener reserved(ReservedPort address) {
			BoundListener there = Listeners.this.bound.get(address);
			return (there != null) ? keep(there) : new ReservedSocket(this.descriptor);
		}

		private BoundListener keep(BoundListener there) {
			Sockets.close(new FileDescriptor(this.descriptor));
			return there;
		}

	}

}
