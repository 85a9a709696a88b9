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
import java.util.concurrent.TimeUnit;

import io.netty.channel.ServerChannel;

/**
 * Makes a shared listener rest for moments while its worker is ahead of others. A
 * connection that nobody else takes is accepted after a few of them. Belongs to the
 * listener's event loop.
 */
final class StepAside {

	private static final long MOMENT = Duration.ofMillis(1).toNanos();

	private static final int MOMENTS = 5;

	/**
	 * How many connections are accepted without looking, after others did not take them.
	 */
	private static final int UNQUESTIONED = 4;

	private final ServerChannel listener;

	private final AcceptGate gate;

	private final ConnectionBalance balance;

	private int unquestioned;

	StepAside(ServerChannel listener, AcceptGate gate, ConnectionBalance balance) {
		this.listener = listener;
		this.gate = gate;
		this.balance = balance;
	}

	/**
	 * The listener has accepted a connection.
	 */
	void accepted() {
		if (this.unquestioned > 0) {
			this.unquestioned--;
		}
		else if (this.balance.isAhead(System.nanoTime())) {
			// Ends Netty's batch, too.
			this.listener.config().setAutoRead(false);
			rest(MOMENTS);
		}
	}

	private void rest(int moments) {
		this.listener.eventLoop().schedule(() -> {
			if (!this.gate.isOpen() || !this.listener.isOpen()) {
				return;
			}
			if (moments > 1 && this.balance.isAhead(System.nanoTime())) {
				rest(moments - 1);
			}
			else {
				this.unquestioned = (moments > 1) ? 0 : UNQUESTIONED;
				this.listener.config().setAutoRead(true);
			}
		}, MOMENT, TimeUnit.NANOSECONDS);
	}

}
