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

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes a worker that has as many connections as it may have stop accepting, until one of
 * them is closed. Thread-safe.
 */
public final class ConnectionLimit {

	private final AtomicInteger connections = new AtomicInteger();

	private final int limit;

	private final AcceptGate gate;

	/**
	 * Create a limit.
	 * @param limit the largest number of connections; 0 for any
	 * @param gate whether the worker accepts
	 */
	public ConnectionLimit(int limit, AcceptGate gate) {
		this.limit = limit;
		this.gate = gate;
	}

	public void opened() {
		if (this.limit != 0 && this.connections.incrementAndGet() >= this.limit) {
			update();
		}
	}

	public void closed() {
		if (this.limit != 0 && this.connections.decrementAndGet() < this.limit && this.gate.isFull()) {
			update();
		}
	}

	private synchronized void update() {
		this.gate.full(this.connections.get() >= this.limit);
	}

}
