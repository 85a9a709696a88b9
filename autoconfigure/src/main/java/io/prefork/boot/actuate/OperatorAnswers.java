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

package io.prefork.boot.actuate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import io.prefork.boot.control.MasterNotAvailableException;
import io.prefork.boot.control.RequestRejectedException;
import io.prefork.boot.control.ServiceRequests;

/**
 * Asks the master on behalf of an operator, and answers what came of it: problems as
 * problem details (RFC 9457).
 */
final class OperatorAnswers {

	private final @Nullable ServiceRequests service;

	/**
	 * Create answers.
	 * @param service the way to the master; {@code null} if the process is not a worker
	 */
	OperatorAnswers(@Nullable ServiceRequests service) {
		this.service = service;
	}

	/**
	 * Answer a question.
	 * @param <T> the type of what the master says
	 * @param question asks the master
	 * @param answer makes an answer of what the master says
	 * @return the answer
	 */
	<T> Mono<WebEndpointResponse<Object>> ask(Function<ServiceRequests, CompletableFuture<T>> question,
			Function<T, WebEndpointResponse<Object>> answer) {
		return answer((master) -> Mono.fromFuture(() -> question.apply(master)).map(answer));
	}

	/**
	 * Answer what changes in a while.
	 * @param <T> the type of what is seen
	 * @param look looks at the service
	 * @param window the while
	 * @param answer makes an answer of what is seen before and after it
	 * @return the answer
	 */
	<T> Mono<WebEndpointResponse<Object>> watch(Function<ServiceRequests, Mono<T>> look, Duration window,
			BiFunction<T, T, WebEndpointResponse<Object>> answer) {
		return answer((master) -> look.apply(master)
			.flatMap((before) -> Mono.delay(window)
				.then(Mono.defer(() -> look.apply(master)))
				.map((after) -> answer.apply(before, after))));
	}

	private Mono<WebEndpointResponse<Object>> answer(
			Function<ServiceRequests, Mono<WebEndpointResponse<Object>>> question) {
		ServiceRequests service = this.service;
		if (service == null) {
			return Mono
				.just(Problems.of(HttpStatus.NOT_FOUND, "There are no workers: the application runs as one process"));
		}
		// The control thread is not for writing answers.
		return question.apply(service)
			.publishOn(Schedulers.parallel())
			.onErrorResume(RequestRejectedException.class, (ex) -> Mono.just(Problems.of(status(ex), text(ex))))
			.onErrorResume(MasterNotAvailableException.class,
					(ex) -> Mono.just(Problems.of(HttpStatus.SERVICE_UNAVAILABLE, text(ex))));
	}

	static WebEndpointResponse<Object> ok(OperationResponseBody body) {
		return new WebEndpointResponse<>(body);
	}

	/**
	 * What was asked for is begun.
	 * @param body what can be said about it
	 * @return the answer
	 */
	static WebEndpointResponse<Object> accepted(OperationResponseBody body) {
		return new WebEndpointResponse<>(body, HttpStatus.ACCEPTED.value());
	}

	private static HttpStatus status(RequestRejectedException rejected) {
		return switch (rejected.kind()) {
			case INVALID -> HttpStatus.BAD_REQUEST;
			case UNKNOWN -> HttpStatus.NOT_FOUND;
			case CONFLICT -> HttpStatus.CONFLICT;
		};
	}

	private static String text(RuntimeException failure) {
		return String.valueOf(failure.getMessage());
	}

}
