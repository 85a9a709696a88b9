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
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
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
			.flatMap((admitted) -> work.apply(() -> leave(admitted)).doFinally((signal) -> leave(admitted)));
	}

	synchronized int waiting() {
		return this.waiting.size();
	}

	synchronized long rejected() {
		return this.rejected;
	}

	private void enter(MonoSink<Admitted> sink) {
		Admitted request = new Admitted(sink);
		// Which is at once if it is cancelled already.
		sink.onCancel(() -> leave(request));
		switch (add(request)) {
			case ACTIVE -> sink.success(request);
			case NEW -> sink.error(new TooManyRequestsException());
			case WAITING, GONE -> {
				// It is called when somebody leaves, or by nobody any more.
			}
		}
	}

	private synchronized State add(Admitted request) {
		if (request.state == State.NEW) {
			if (this.active < this.limit) {
				this.active++;
				request.state = State.ACTIVE;
			}
			else if (this.waiting.size() < this.waitingLimit) {
				this.waiting.add(request);
				request.state = State.WAITING;
			}
			else {
				this.rejected++;
			}
		}
		return request.state;
	}

	private void leave(Admitted request) {
		Admitted next = remove(request);
		if (next != null) {
			next.sink.success(next);
		}
	}

	/**
	 * Take a request out.
	 * @param request the request
	 * @return the one that has its place now; {@code null} if nobody has
	 */
	private synchronized @Nullable Admitted remove(Admitted request) {
		State state = request.state;
		request.state = State.GONE;
		if (state == State.WAITING) {
			this.waiting.remove(request);
		}
		if (state != State.ACTIVE) {
			return null;
		}
		Admitted next = this.waiting.poll();
		if (next != null) {
			next.state = State.ACTIVE;
		}
		else {
			this.active--;
		}
		return next;
	}

	private enum State {

		NEW, WAITING, ACTIVE, GONE

	}

	/**
	 * A request that has a place, or waits for one. Its state is changed under the lock
	 * of the admission.
	 */
	private static final class Admitted {

		private final MonoSink<Admitted> sink;

		private State state = State.NEW;

		private Admitted(MonoSink<Admitted> sink) {
			this.sink = sink;
		}

	}

}
