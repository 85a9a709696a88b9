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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Limits how long a request may take: it is cancelled and answered with 503, or cut if
 * its answer has begun. WebSockets and streams of events last as long as they last.
 */
public final class RequestTimeout {

	private final LongAdder exceeded = new LongAdder();

	private final Duration limit;

	/**
	 * Create a limit.
	 * @param limit how long a request may take
	 */
	public RequestTimeout(Duration limit) {
		this.limit = limit;
	}

	/**
	 * Requests so far that have taken longer.
	 * @return the count
	 */
	long exceeded() {
		return this.exceeded.sum();
	}

	/**
	 * Limit what a handler does.
	 * @param handler handles requests
	 * @return the limited handler
	 */
	HttpHandler limit(HttpHandler handler) {
		return (request, response) -> LongResponses.isWebSocket(request) ? handler.handle(request, response)
				: limited(handler, request, response);
	}

	private Mono<Void> limited(HttpHandler handler, ServerHttpRequest request, ServerHttpResponse response) {
		// The answer comes before the handler is cancelled, since one that is interrupted
		// would answer with an error; and a handler that ends meanwhile does not cut it.
		AtomicBoolean over = new AtomicBoolean();
		Mono<Void> rest = Mono.defer(() -> over.get() ? Mono.never() : Mono.empty());
		Mono<Void> work = handler.handle(request, response).onErrorResume((ex) -> rest.then(Mono.error(ex))).then(rest);
		Mono<Void> end = Mono.delay(this.limit).flatMap((tick) -> {
			if (response.isCommitted() && LongResponses.isStream(response)) {
				return Mono.never();
			}
			over.set(true);
			return tooLong(response, new RequestTooLongException(request, this.limit));
		});
		return Mono.firstWithSignal(work, end);
	}

	private Mono<Void> tooLong(ServerHttpResponse response, RequestTooLongException exception) {
		this.exceeded.increment();
		// If an answer has begun, the server logs the error and closes the connection, so
		// that the client sees it.
		return ServiceUnavailable.answer(response, "The request took too long.", null, exception);
	}

}
