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

package io.prefork.boot.accept;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.netty.channel.ServerChannel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether this worker accepts connections. Closed at first, opened when the
 * master says so, and closed for good by a drain. Accepting is switched by the listeners'
 * auto-read: the sockets and their accept queues stay with the master. Thread-safe.
 */
public final class AcceptGate {

	/**
	 * Set on a socket whose connections go to the listener of a server.
	 */
	static final AttributeKey<Boolean> FORWARDS = AttributeKey.valueOf(AcceptGate.class, "FORWARDS");

	private final List<ServerChannel> listeners = new CopyOnWriteArrayList<>();

	private final List<ServerChannel> accepting = new CopyOnWriteArrayList<>();

	private final CompletableFuture<@Nullable Void> lost = new CompletableFuture<>();

	private volatile State state = State.CLOSED;

	private volatile boolean full;

	private boolean shutting;

	/**
	 * Decide for the listener of a server from now on.
	 * @param listener a listener that is registered with its event loop and whose
	 * pipeline is complete, since it may begin to accept at once
	 * @param accepts whether it accepts; otherwise its connections come in other ways, as
	 * long as there is a master that sees to it
	 */
	public void addListener(ServerChannel listener, boolean accepts) {
		this.listeners.add(listener);
		listener.closeFuture().addListener((closed) -> {
			if (isOpen()) {
				this.lost.complete(null);
			}
		});
		if (accepts) {
			add(listener);
		}
	}

	/**
	 * Decide for a socket from which connections come from now on.
	 * @param socket a socket like a listener that accepts
	 */
	public synchronized void add(ServerChannel socket) {
		if (this.shutting) {
			socket.close();
			return;
		}
		this.accepting.add(socket);
		if (isAccepting()) {
			socket.config().setAutoRead(true);
		}
	}

	public void remove(ServerChannel socket) {
		this.accepting.remove(socket);
	}

	/**
	 * The listeners of all servers.
	 * @return the listeners in the order in which they were bound
	 */
	public Stream<ServerChannel> listeners() {
		return this.listeners.stream();
	}

	public @Nullable ServerChannel firstListener() {
		return this.listeners.isEmpty() ? null : this.listeners.get(0);
	}

	/**
	 * Whether this worker serves: it may accept, and does unless it has too many
	 * connections already.
	 * @return {@code true} if the gate is open
	 */
	public boolean isOpen() {
		return this.state == State.OPEN;
	}

	/**
	 * Whether this worker accepts.
	 * @return {@code true} if the gate is open and another connection is welcome
	 */
	public boolean isAccepting() {
		return this.state == State.OPEN && !this.full;
	}

	public boolean isFull() {
		return this.full;
	}

	/**
	 * Accept no more, or again.
	 * @param full whether the worker has as many connections as it may have
	 */
	public synchronized void full(boolean full) {
		this.full = full;
		if (this.state == State.OPEN) {
			this.accepting.forEach((socket) -> socket.config().setAutoRead(!full));
		}
	}

	/**
	 * When a listener is closed although the gate is open, for instance because the port
	 * could not be bound at last: this worker can't serve any more.
	 * @return completed then, on an event loop
	 */
	public CompletableFuture<@Nullable Void> lost() {
		return this.lost;
	}

	public boolean isShut() {
		return this.state == State.SHUT;
	}

	/**
	 * Begin to accept on all listeners, also on those that come later.
	 */
	public synchronized void open() {
		if (this.state == State.CLOSED) {
			this.state = State.OPEN;
			this.accepting.forEach((socket) -> socket.config().setAutoRead(!this.full));
		}
	}

	/**
	 * Accept from all listeners, since there is no master any more that would bring their
	 * connections in other ways.
	 */
	public void serveAlone() {
		this.listeners.forEach((listener) -> {
			if (!this.accepting.contains(listener)) {
				add(listener);
			}
		});
	}

	/**
	 * Stop accepting and let the listeners go. Returns when that is done, and whatever
	 * was accepted is among the connections.
	 * @param lastCall how long to go on accepting what waits in the accept queues
	 */
	public void shut(Duration lastCall) {
		if (!lastCall.isZero()) {
			serveAlone();
		}
		Set<ServerChannel> all = lastOnes();
		// What is still forwarded needs the server behind it.
		List<ServerChannel> forwarding = all.stream().filter((socket) -> socket.hasAttr(FORWARDS)).toList();
		all.removeAll(forwarding);
		close(forwarding, lastCall);
		close(all, forwarding.isEmpty() ? lastCall : Duration.ZERO);
		this.state = State.SHUT;
	}

	/**
	 * From now on none is added, which nobody would close.
	 * @return those that are there
	 */
	private synchronized Set<ServerChannel> lastOnes() {
		this.shutting = true;
		Set<ServerChannel> all = new LinkedHashSet<>(this.listeners);
		all.addAll(this.accepting);
		return all;
	}

	private void close(Collection<ServerChannel> sockets, Duration lastCall) {
		sockets.forEach((socket) -> socket.eventLoop()
			.schedule(() -> close(socket), lastCall.toMillis(), TimeUnit.MILLISECONDS));
		Duration limit = lastCall.plusSeconds(1);
		sockets.forEach((socket) -> socket.closeFuture().awaitUninterruptibly(limit.toMillis()));
	}

	private void close(ServerChannel socket) {
		this.state = State.SHUT;
		socket.close();
	}

	private enum State {

		CLOSED, OPEN, SHUT

	}

}
