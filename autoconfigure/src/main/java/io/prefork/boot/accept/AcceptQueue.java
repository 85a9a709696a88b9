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
import java.util.function.IntSupplier;

import io.netty.channel.Channel;

import io.prefork.contract.QueueAge;
import io.prefork.handover.TcpInfo;

/**
 * The accept queue of a listener. Belongs to the listener's event loop.
 */
final class AcceptQueue {

	/**
	 * So long a connection may wait for the worker that should have it.
	 */
	private static final long PATIENCE = Duration.ofMillis(5).toNanos();

	private final QueueAge age = new QueueAge();

	private final IntSupplier system;

	private final ConnectionBalance balance;

	private int length;

	/**
	 * Create a queue.
	 * @param system tells its length; negative if that can't be told
	 * @param balance knows what all workers have accepted
	 */
	AcceptQueue(IntSupplier system, ConnectionBalance balance) {
		this.system = system;
		this.balance = balance;
	}

	/**
	 * The accept queue of a listener.
	 * @param listener the listener
	 * @param balance knows what all workers have accepted
	 * @return its queue
	 */
	static AcceptQueue of(Channel listener, ConnectionBalance balance) {
		return new AcceptQueue(() -> TcpInfo.waiting(listener), balance);
	}

	/**
	 * Look whether a connection has waited for longer than it should, whoever should have
	 * it.
	 * @param now the time in nanoseconds, by whatever clock
	 * @return {@code true} if so
	 */
	boolean isOverdue(long now) {
		this.length = this.system.getAsInt();
		return this.age.look(this.length, this.balance.opened(), now) >= PATIENCE;
	}

	/**
	 * How many connections waited when that was looked at last.
	 * @return the number; negative if the system does not tell it
	 */
	int length() {
		return this.length;
	}

}
