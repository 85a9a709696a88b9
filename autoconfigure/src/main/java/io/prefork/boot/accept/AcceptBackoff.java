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
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Makes a shared listener rest while other workers are behind, so that they accept the
 * next connections. In case they can't, or not fast enough, it looks for connections that
 * wait nevertheless: the longer nobody comes, the more seldom. Where the system does not
 * tell how many wait it tries to accept one: the longer nobody but this worker takes
 * them, the more at once. Belongs to the listener's event loop.
 */
public final class AcceptBackoff {

	private static final long MOMENT = Duration.ofMillis(1).toNanos();

	private static final long LONGEST_REST = 64 * MOMENT;

	/**
	 * As long as it takes the event loop to see what is there.
	 */
	private static final long GLANCE = MOMENT / 10;

	/**
	 * For how many moments others may be busy with something else.
	 */
	private static final int PATIENCE = 5;

	private static final int LARGEST_HELPING = 16;

	private final Channel listener;

	private final AcceptGate gate;

	private final ConnectionBalance balance;

	private final AcceptQueue queue;

	private @Nullable Future<?> rest;

	private long behind;

	private int vain;

	private long pause = MOMENT;

	private int helping = 1;

	private int left;

	public AcceptBackoff(Channel listener, AcceptGate gate, ConnectionBalance balance) {
		this(listener, gate, balance, AcceptQueue.of(listener, balance));
	}

	AcceptBackoff(Channel listener, AcceptGate gate, ConnectionBalance balance, AcceptQueue queue) {
		this.listener = listener;
		this.gate = gate;
		this.balance = balance;
		this.queue = queue;
	}

	/**
	 * The listener has accepted a connection.
	 */
	public void accepted() {
		if (this.rest == null) {
			this.behind = this.balance.behind(System.nanoTime());
			if (this.behind == 0) {
				return;
			}
			boolean overdue = isQueueOverdue();
			if (isEntitled()) {
				return;
			}
			if (overdue) {
				leaveSome();
			}
			else {
				this.listener.config().setAutoRead(false);
				othersAccept();
			}
		}
		else if (--this.left <= 0) {
			this.listener.config().setAutoRead(false);
		}
	}

	/**
	 * Leave the listener to somebody else, who has made it rest, too.
	 */
	public void cancel() {
		if (this.rest != null) {
			this.rest.cancel(false);
			this.rest = null;
		}
	}

	private boolean isQueueOverdue() {
		return this.queue.isOverdue(this.listener.eventLoop().ticker().nanoTime());
	}

	private boolean isEntitled() {
		// Of many that come at once each worker takes its part without a rest.
		return this.balance.isEntitled(this.queue.length(), System.nanoTime());
	}

	private void look() {
		this.rest = null;
		if (!this.gate.isAccepting() || !this.listener.isOpen()) {
			return;
		}
		long behind = this.balance.behind(System.nanoTime());
		if (behind == 0 || isQueueOverdue() || isEntitled()) {
			this.listener.config().setAutoRead(true);
		}
		else if (this.queue.length() >= 0) {
			this.pause = (this.queue.length() > 0) ? MOMENT : Math.min(2 * this.pause, LONGEST_REST);
			after(this.pause, this::look);
		}
		else if (behind != this.behind) {
			this.behind = behind;
			othersAccept();
		}
		else if (++this.vain < PATIENCE) {
			after(MOMENT, this::look);
		}
		else {
			this.left = this.helping;
			after(GLANCE, this::glanced);
			this.listener.config().setAutoRead(true);
		}
	}

	/**
	 * Take one worker's part of what waits for too long, and look again after that:
	 * whoever should have it may only be in the middle of a long turn.
	 */
	private void leaveSome() {
		this.left = this.queue.length() / this.balance.workers(System.nanoTime());
		if (this.left <= 0) {
			this.listener.config().setAutoRead(false);
		}
		after(MOMENT, this::look);
	}

	private void othersAccept() {
		this.vain = 0;
		this.helping = 1;
		this.pause = MOMENT;
		after(this.pause, this::look);
	}

	private void glanced() {
		this.listener.config().setAutoRead(false);
		if (this.left < this.helping) {
			this.helping = Math.min(2 * this.helping, LARGEST_HELPING);
			this.pause = MOMENT;
		}
		else {
			this.helping = 1;
			this.pause = Math.min(2 * this.pause, LONGEST_REST);
		}
		after(this.pause, this::look);
	}

	private void after(long time, Runnable next) {
		this.rest = this.listener.eventLoop().schedule(next, time, TimeUnit.NANOSECONDS);
	}

}
