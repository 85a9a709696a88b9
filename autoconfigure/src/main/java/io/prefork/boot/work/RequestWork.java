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

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * How this process handles requests. What needs neither other threads nor a limit is left
 * as it is, without any cost.
 */
public final class RequestWork implements HttpHandlerDecoratorFactory, AutoCloseable {

	private final @Nullable RequestThreads threads;

	private final @Nullable RequestTimeout timeout;

	private final Predicate<ServerHttpRequest> operations;

	/**
	 * Create it.
	 * @param threads the threads that handle requests; {@code null} for event loops
	 * @param timeout how long a request may take; {@code null} for any time
	 * @param operations which requests are for operators: neither applies to them
	 */
	public RequestWork(@Nullable RequestThreads threads, @Nullable RequestTimeout timeout,
			Predicate<ServerHttpRequest> operations) {
		this.threads = threads;
		this.timeout = timeout;
		this.operations = operations;
	}

	@Override
	public HttpHandler apply(HttpHandler handler) {
		HttpHandler threaded = (this.threads != null) ? new OffLoopHandler(handler, this.threads) : handler;
		HttpHandler limited = (this.timeout != null) ? this.timeout.limit(threaded) : threaded;
		return (limited == handler) ? handler
				: (request, response) -> (this.operations.test(request) ? handler : limited).handle(request, response);
	}

	/**
	 * Go on with a request on its threads.
	 * @param request the request
	 * @param rest what is left to do, of which nothing has begun
	 * @return the same, on a thread for requests if it is not on one already
	 */
	Mono<Void> resume(ServerHttpRequest request, Mono<Void> rest) {
		RequestThreads mine = this.threads;
		return (mine == null || RequestThreads.isCurrent() || this.operations.test(request)) ? rest
				: rest.subscribeOn(mine.scheduler());
	}

	/**
	 * Requests so far that have taken longer than they may.
	 * @return the count
	 */
	public long timedOut() {
		return (this.timeout != null) ? this.timeout.exceeded() : 0;
	}

	/**
	 * Requests so far that were answered with 503 because too many waited.
	 * @return the count
	 */
	public long rejected() {
		return (this.threads != null) ? this.threads.rejected() : 0;
	}

	/**
	 * Requests that wait for a thread.
	 * @return the count
	 */
	public int waiting() {
		return (this.threads != null) ? this.threads.waiting() : 0;
	}

	@Override
	public void close() {
		if (this.threads != null) {
			this.threads.close();
		}
	}

}
