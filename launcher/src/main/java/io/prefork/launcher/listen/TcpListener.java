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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.netty.channel.epoll.EpollServerSocketChannel;

import io.prefork.handover.TcpInfo;
import io.prefork.launcher.edge.ListenException;
import io.prefork.launcher.edge.TcpAddress;

/**
 * A port with its sockets: one, or with SO_REUSEPORT as many as workers need. The kernel
 * numbers them in the order in which they were bound. Not thread-safe: the master loop
 * owns it.
 */
final class TcpListener implements BoundListener {

	private final NavigableMap<Integer, EpollServerSocketChannel> sockets = new TreeMap<>();

	private final TcpAddress address;

	private final TcpBinding binding;

	/**
	 * Create a listener that has no socket yet.
	 * @param address what it was asked for with
	 * @param binding binds its sockets
	 */
	TcpListener(TcpAddress address, TcpBinding binding) {
		this.address = address;
		this.binding = binding;
	}

	/**
	 * Bind the first socket.
	 * @throws ListenException if it can't be bound
	 */
	void bind() throws ListenException {
		add(0, this.binding.first(this.address));
	}

	/**
	 * Take over a socket; if there is one of its number already this copy is closed.
	 * @param number its number
	 * @param descriptor its descriptor, from now on not the caller's
	 */
	void adopt(int number, int descriptor) {
		EpollServerSocketChannel channel = this.binding.adopt(descriptor);
		if (this.sockets.containsKey(number)) {
			channel.close().syncUninterruptibly();
		}
		else {
			add(number, channel);
		}
	}

	/**
	 * Get a socket, binding it and those before it where they are not there yet.
	 * @param number its number
	 * @return its descriptor
	 * @throws ListenException if it can't be bound
	 */
	int descriptor(int number) throws ListenException {
		for (int i = 0; i <= number; i++) {
			if (!this.sockets.containsKey(i)) {
				add(i, this.binding.another(this.address, where()));
			}
		}
		return Objects.requireNonNull(this.sockets.get(number)).fd().intValue();
	}

	/**
	 * The number of its last socket.
	 * @return the number, from 0
	 */
	int last() {
		return this.sockets.lastKey();
	}

	/**
	 * Check that it fits the distribution.
	 * @throws ListenException if a predecessor with another one has bound it
	 */
	void check() throws ListenException {
		this.binding.check(this.address, first(), this.sockets.size());
	}

	/**
	 * Let new connections go to the first sockets only.
	 * @param weights how often each of them gets one
	 * @throws IOException if the kernel does not
	 */
	void steer(List<Integer> weights) throws IOException {
		ReusePortSteering.by(weights, first().fd().intValue());
	}

	/**
	 * Where it is bound.
	 * @return the address, with the true port
	 */
	InetSocketAddress where() {
		return first().localAddress();
	}

	@Override
	public Map<Integer, Integer> descriptors() {
		Map<Integer, Integer> descriptors = new LinkedHashMap<>();
		this.sockets.forEach((number, channel) -> descriptors.put(number, channel.fd().intValue()));
		return descriptors;
	}

	@Override
	public String text() {
		return BoundAddress.format(where());
	}

	@Override
	public Stream<EpollServerSocketChannel> channels() {
		return this.sockets.values().stream();
	}

	@Override
	public OptionalInt waiting() {
		return OptionalInt.of(channels().mapToInt(TcpInfo::waiting).sum());
	}

	@Override
	public void close() {
		channels().forEach(this.binding::release);
	}

	private EpollServerSocketChannel first() {
		return this.sockets.firstEntry().getValue();
	}

	private void add(int number, EpollServerSocketChannel channel) {
		this.sockets.put(number, channel);
		this.binding.announce(channel);
	}

}
