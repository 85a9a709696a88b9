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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Answers that don't end by themselves.
 */
public final class LongAnswers implements HttpHandler {

	public static final String EVENT = "data: tick\n\n";

	private static final int LARGE = 1 << 16;

	/**
	 * Publishers that were cancelled.
	 */
	public final AtomicInteger cancelled = new AtomicInteger();

	/**
	 * Bytes of bodies that were received.
	 */
	public final AtomicLong received = new AtomicLong();

	/**
	 * Large events that were produced.
	 */
	public final AtomicInteger produced = new AtomicInteger();

	@Override
	public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		return switch (request.getPath().value()) {
			case "/long/events" -> events(response, Flux.just(EVENT).concatWith(Flux.never()));
			case "/long/ticks" -> events(response, Flux.interval(Duration.ofMillis(10)).map((count) -> EVENT));
			case "/long/flood" -> events(response, flood());
			case "/long/download" -> download(response);
			case "/long/upload" -> request.getBody().doOnNext((part) -> {
				this.received.addAndGet(part.readableByteCount());
				DataBufferUtils.release(part);
			}).then(response.setComplete());
			case "/long/pushes" -> pushes(response, Flux.interval(Duration.ofMillis(10)).map((count) -> "tick"));
			case "/long/pushed-flood" -> pushes(response, flood());
			case "/long/echo" -> echo(response);
			default -> response.setComplete();
		};
	}

	private Mono<Void> events(ServerHttpResponse response, Flux<String> events) {
		response.getHeaders().setContentType(new MediaType(MediaType.TEXT_EVENT_STREAM, StandardCharsets.UTF_8));
		return response.writeAndFlushWith(events.onBackpressureDrop()
			.doOnCancel(this.cancelled::incrementAndGet)
			.map((event) -> Mono.just(buffer(response, event))));
	}

	private Flux<String> flood() {
		String event = "data: " + "x".repeat(LARGE) + "\n\n";
		return Flux.interval(Duration.ofMillis(1)).map((count) -> {
			this.produced.incrementAndGet();
			return event;
		});
	}

	private static Mono<Void> download(ServerHttpResponse response) {
		response.getHeaders().setContentLength(100);
		return response
			.writeAndFlushWith(Flux.just(Mono.just(buffer(response, "the first part"))).concatWith(Flux.never()));
	}

	private Mono<Void> pushes(ServerHttpResponse response, Flux<String> messages) {
		return webSocket(response).sendWebsocket(
				(in, out) -> out.sendString(messages.onBackpressureDrop().doOnCancel(this.cancelled::incrementAndGet)));
	}

	private Mono<Void> echo(ServerHttpResponse response) {
		return webSocket(response).sendWebsocket((in, out) -> out
			.sendString(in.receive().asString().doOnNext((text) -> this.received.addAndGet(text.length()))));
	}

	private static HttpServerResponse webSocket(ServerHttpResponse response) {
		return ((AbstractServerHttpResponse) response).getNativeResponse();
	}

	private static DataBuffer buffer(ServerHttpResponse response, String text) {
		return response.bufferFactory().wrap(text.getBytes(StandardCharsets.US_ASCII));
	}

}
