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

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

import org.jspecify.annotations.Nullable;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads on which requests are handled away from event loops. A thread whose request
 * is cancelled is interrupted.
 */
public final class RequestThreads implements AutoCloseable {

	/**
	 * The first version of Java with virtual threads, see JEP 444.
	 */
	public static final int VIRTUAL_SINCE = 21;

	private static final String PREFIX = "prefork-request-";

	/**
	 * A request that waits for its content on its thread needs another one by which that
	 * comes.
	 */
	private static final int THREADS_PER_REQUEST = 2;

	private final Scheduler scheduler;

	private final @Nullable RequestAdmission admission;

	private RequestThreads(ExecutorService executor, @Nullable RequestAdmission admission) {
		this.scheduler = Schedulers.fromExecutorService(executor, "prefork");
		this.admission = admission;
	}

	/**
	 * Threads for one request at a time.
	 * @return the threads
	 */
	public static RequestThreads single() {
		return bounded(1, Integer.MAX_VALUE);
	}

	/**
	 * Threads for a number of requests at a time.
	 * @param requests the number of requests
	 * @param waiting how many may wait beside them
	 * @return the threads
	 */
	public static RequestThreads bounded(int requests, int waiting) {
		int threads = Math.multiplyExact(THREADS_PER_REQUEST, requests);
		return new RequestThreads(ThreadPools.bounded(PREFIX, threads, new LinkedBlockingQueue<>()),
				new RequestAdmission(requests, waiting));
	}

	/**
	 * Virtual threads, one for each request.
	 * @return the threads
	 * @throws UnsupportedOperationException if this JVM has none
	 */
	public static RequestThreads virtual() {
		return new RequestThreads(
				Executors.newCachedThreadPool(new VirtualThreadTaskExecutor(PREFIX).getVirtualThreadFactory()), null);
	}

	/**
	 * Whether this is such a thread.
	 * @return {@code true} if the current thread handles requests
	 */
	static boolean isCurrent() {
		return Thread.currentThread().getName().startsWith(PREFIX);
	}

	/**
	 * What runs something on such a thread.
	 * @return the scheduler
	 */
	Scheduler scheduler() {
		return this.scheduler;
	}

	/**
	 * What holds requests back of which there are too many.
	 * @return the admission; {@code null} if any number is admitted
	 */
	@Nullable RequestAdmission admission() {
		return this.admission;
	}

	/**
	 * Requests that wait for a thread.
	 * @return the count
	 */
	public int waiting() {
		return (this.admission != null) ? this.admission.waiting() : 0;
	}

	/**
	 * Requests so far that were answered with 503 because too many waited.
	 * @return the count
	 */
	public long rejected() {
		return (this.admission != null) ? this.admission.rejected() : 0;
	}

	@Override
	public void close() {
		this.scheduler.dispose();
	}

}
