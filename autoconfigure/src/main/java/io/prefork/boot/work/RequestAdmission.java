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

package io.prefork.boot.work;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Lets a number of requests be handled at a time, and a number of others wait for that,
 * in the order in which they came. Thread-safe.
 */
final class RequestAdmission {

	private final Deque<Admitted> waiting = new ArrayDeque<>();

	private final int limit;

	private final int waitingLimit;

	private int active;

	private long rejected;

	RequestAdmission(int limit, int waitingLimit) {
		this.limit = limit;
		this.waitingLimit = waitingLimit;
	}

	/**
	 * Handle a request when its time has come. Its place is free again when it ends, is
	 * cancelled, or says so.
	 * @param work handles the request, and may give its place back
	 * @return ends with the request, or with a {@link TooManyRequestsException}
	 */
	Mono<Void> admit(Function<Runnable, Mono<Void>> work) {
		return Mono.<Admitted>create(this::enter)
			.flatMap((admitted) -> work.apply(admitted::leave).doFinally((signal) -> admitted.leave()));
	}

	synchronized int waiting() {
		return this.waiting.size();
	}

	synchronized long rejected() {
		return this.rejected;
	}

	private void enter(MonoSink<Admitted> sink) {
		Admitted request = new Admitted(sink);
		sink.onCancel(() -> withdraw(request));
		switch (add(request)) {
			case NOW -> sink.success(request);
			case NEVER -> sink.error(new TooManyRequestsException());
			case LATER -> {
				// Somebody who leaves calls it.
			}
		}
	}

	private synchronized Turn add(Admitted request) {
		if (this.active < this.limit) {
			this.active++;
			return Turn.NOW;
		}
		if (this.waiting.size() < this.waitingLimit) {
			this.waiting.add(request);
			return Turn.LATER;
		}
		this.rejected++;
		return Turn.NEVER;
	}

	private void withdraw(Admitted request) {
		boolean waited;
		synchronized (this) {
			waited = this.waiting.remove(request);
		}
		if (!waited) {
			// It was called just now.
			request.leave();
		}
	}

	private void next() {
		Admitted next;
		synchronized (this) {
			next = this.waiting.poll();
			if (next == null) {
				this.active--;
			}
		}
		if (next != null) {
			next.sink.success(next);
		}
	}

	private enum Turn {

		NOW, LATER, NEVER

	}

	/**
	 * A request that has a place, or waits for one.
	 */
	private final class Admitted {

		private final AtomicBoolean left = new AtomicBoolean();

		private final MonoSink<Admitted> sink;

		private Admitted(MonoSink<Admitted> sink) {
			this.sink = sink;
		}

		private void leave() {
			if (this.left.compareAndSet(false, true)) {
				next();
			}
		}

	}

}
