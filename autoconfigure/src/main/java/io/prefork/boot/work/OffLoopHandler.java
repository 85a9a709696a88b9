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

import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Handles requests away from event loops: whatever the application does with a request
 * and its content, and what makes the content of the answer, is run by other threads.
 */
final class OffLoopHandler implements HttpHandler {

	private static final Log logger = LogFactory.getLog(OffLoopHandler.class);

	/**
	 * See {@code Operators.onErrorDropped} of Reactor.
	 */
	private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

	private static final String TOO_MANY = "Too many requests wait to be handled.";

	private static final int RETRY_SECONDS = 1;

	private final HttpHandler handler;

	private final RequestThreads threads;

	/**
	 * Create a handler.
	 * @param handler handles requests
	 * @param threads the threads
	 */
	OffLoopHandler(HttpHandler handler, RequestThreads threads) {
		this.handler = handler;
		this.threads = threads;
	}

	@Override
	public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		RequestAdmission admission = this.threads.admission();
		if (admission == null || LongResponses.isWebSocket(request)) {
			return offLoop(request, response);
		}
		return admission.admit((leave) -> {
			response.beforeCommit(() -> {
				if (LongResponses.isStream(response)) {
					leave.run();
				}
				return Mono.empty();
			});
			return offLoop(request, response);
		})
			.onErrorResume(TooManyRequestsException.class,
					(ex) -> ServiceUnavailable.answer(response, TOO_MANY, RETRY_SECONDS, ex));
	}

	private Mono<Void> offLoop(ServerHttpRequest request, ServerHttpResponse response) {
		Scheduler scheduler = this.threads.scheduler();
		return Mono
			.defer(() -> this.handler.handle(new OffLoopRequest(request, scheduler),
					new OffLoopResponse(response, scheduler)))
			.subscribeOn(scheduler)
			.contextWrite(Context.of(ON_ERROR_DROPPED, (Consumer<Throwable>) OffLoopHandler::dropped));
	}

	/**
	 * Code that blocks ends with an error when its request is cancelled, for nobody.
	 * @param error the error
	 */
	private static void dropped(Throwable error) {
		logger.debug("A request was cancelled", error);
	}

	/**
	 * A request whose content is not handled on an event loop.
	 */
	private static final class OffLoopRequest extends ServerHttpRequestDecorator {

		private final Scheduler scheduler;

		private OffLoopRequest(ServerHttpRequest request, Scheduler scheduler) {
			super(request);
			this.scheduler = scheduler;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return super.getBody().publishOn(this.scheduler).doOnDiscard(DataBuffer.class, DataBufferUtils::release);
		}

	}

	/**
	 * A response whose content is not made on an event loop.
	 */
	private static final class OffLoopResponse extends ServerHttpResponseDecorator {

		private final Scheduler scheduler;

		private OffLoopResponse(ServerHttpResponse response, Scheduler scheduler) {
			super(response);
			this.scheduler = scheduler;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			return super.writeWith(
					(body instanceof Flux<? extends DataBuffer> parts) ? parts.subscribeOn(this.scheduler) : body);
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return super.writeAndFlushWith(Flux.from(body).subscribeOn(this.scheduler));
		}

	}

}
