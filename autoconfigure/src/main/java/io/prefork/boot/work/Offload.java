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

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Threads for work that keeps a CPU busy, in each worker: about as many as it has CPUs,
 * since more would only take turns, and so that event loops go on meanwhile. What is
 * cancelled is interrupted. Thread-safe.
 */
public final class Offload implements AutoCloseable {

	private final ExecutorService executor;

	private final Scheduler scheduler;

	/**
	 * Create threads, which are started when they are needed.
	 * @param threads the number of threads
	 * @param queue how many tasks may wait for one
	 */
	public Offload(int threads, int queue) {
		this.executor = ThreadPools.bounded("prefork-offload-", threads, new ArrayBlockingQueue<>(queue));
		this.scheduler = Schedulers.fromExecutorService(this.executor, "prefork-offload");
	}

	/**
	 * Do something on such a thread.
	 * @param work what to do
	 * @param <T> the type of its result
	 * @return its result, which nobody has begun to make before it is subscribed to; an
	 * {@link OffloadRejectedException}, which is answered with 503, if too much waits
	 */
	public <T> Mono<T> call(Callable<T> work) {
		return Mono.fromCallable(work)
			.subscribeOn(this.scheduler)
			.onErrorMap(RejectedExecutionException.class, OffloadRejectedException::new);
	}

	/**
	 * The threads, for operators such as {@code publishOn}.
	 * @return the scheduler, which rejects what is too much
	 */
	public Scheduler scheduler() {
		return this.scheduler;
	}

	/**
	 * The threads, for meters.
	 * @return the executor
	 */
	public ExecutorService executor() {
		return this.executor;
	}

	@Override
	public void close() {
		this.scheduler.dispose();
	}

}
