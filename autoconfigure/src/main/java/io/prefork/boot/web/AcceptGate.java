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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ServerChannel;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether this worker accepts connections. Closed at first, opened when the
 * master says so, and closed for good by a drain. Accepting is switched by the listeners'
 * auto-read: the sockets and their accept queues stay with the master. Thread-safe.
 */
public final class AcceptGate {

	private final List<ServerChannel> listeners = new CopyOnWriteArrayList<>();

	private volatile State state = State.CLOSED;

	/**
	 * Decide for a listener from now on.
	 * @param listener a listener that is registered with its event loop and whose
	 * pipeline is complete, since it may begin to accept at once
	 */
	void add(ServerChannel listener) {
		this.listeners.add(listener);
		if (this.state == State.OPEN) {
			listener.config().setAutoRead(true);
		}
	}

	@Nullable ServerChannel firstListener() {
		return this.listeners.isEmpty() ? null : this.listeners.get(0);
	}

	/**
	 * Whether this worker accepts.
	 * @return {@code true} if the gate is open
	 */
	public boolean isOpen() {
		return this.state == State.OPEN;
	}

	boolean isShut() {
		return this.state == State.SHUT;
	}

	/**
	 * Begin to accept on all listeners, also on those that come later.
	 */
	public void open() {
		if (this.state == State.CLOSED) {
			this.state = State.OPEN;
			this.listeners.forEach((listener) -> listener.config().setAutoRead(true));
		}
	}

	/**
	 * Stop accepting and let the listeners go. Returns when that is done, and whatever
	 * was accepted is among the connections.
	 * @param lastCall how long to go on accepting what waits in the accept queues
	 */
	public void shut(Duration lastCall) {
		this.listeners.forEach((listener) -> listener.eventLoop()
			.schedule(() -> shut(listener), lastCall.toMillis(), TimeUnit.MILLISECONDS));
		Duration limit = lastCall.plusSeconds(1);
		this.listeners.forEach((listener) -> listener.closeFuture().awaitUninterruptibly(limit.toMillis()));
		this.state = State.SHUT;
	}

	private void shut(ServerChannel listener) {
		this.state = State.SHUT;
		// An io_uring listener first delivers what it has accepted already.
		listener.close();
	}

	private enum State {

		CLOSED, OPEN, SHUT

	}

}
