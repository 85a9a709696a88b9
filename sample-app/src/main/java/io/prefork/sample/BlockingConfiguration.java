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

package io.prefork.sample;

import java.nio.charset.StandardCharsets;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Blocks wherever an application may, if {@code sample.faults.enabled} is set: in
 * controllers, functional routes and filters.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("sample.faults.enabled")
class BlockingConfiguration {

	private static final String FILTERED = "/filtered";

	@Bean
	BlockingWork blockingWork() {
		return new BlockingWork();
	}

	@Bean
	RouterFunction<ServerResponse> blockingRoutes(BlockingWork work) {
		return RouterFunctions.route()
			.GET("/routed", (request) -> ServerResponse.ok().bodyValue(work.block(millis(request))))
			.POST("/routed",
					(request) -> request.bodyToMono(String.class)
						.flatMap((body) -> ServerResponse.ok().bodyValue(work.block(millis(request)) + " " + body)))
			.build();
	}

	@Bean
	WebFilter blockingFilter(BlockingWork work) {
		return (exchange, chain) -> exchange.getRequest().getPath().value().equals(FILTERED) ? answer(exchange, work)
				: chain.filter(exchange);
	}

	private static Mono<Void> answer(ServerWebExchange exchange, BlockingWork work) {
		String ms = exchange.getRequest().getQueryParams().getFirst("ms");
		String thread = work.block((ms != null) ? Integer.parseInt(ms) : 0);
		DataBuffer buffer = exchange.getResponse().bufferFactory().wrap(thread.getBytes(StandardCharsets.UTF_8));
		return exchange.getResponse().writeWith(Mono.just(buffer));
	}

	private static int millis(ServerRequest request) {
		return request.queryParam("ms").map(Integer::parseInt).orElse(0);
	}

	/**
	 * Blocks in controllers.
	 */
	@RestController
	@ConditionalOnBooleanProperty("sample.faults.enabled")
	static class BlockingController {

		private final BlockingWork work;

		BlockingController(BlockingWork work) {
			this.work = work;
		}

		@GetMapping(path = "/annotated", produces = MediaType.TEXT_PLAIN_VALUE)
		Mono<String> block(@RequestParam(defaultValue = "0") int ms) {
			return Mono.fromSupplier(() -> this.work.block(ms));
		}

		/**
		 * Use the content as somebody does who knows nothing of reactive code.
		 * @param ms how long to block, in milliseconds
		 * @param body the content
		 * @return the name of the thread, and the content
		 */
		@PostMapping(path = "/annotated", produces = MediaType.TEXT_PLAIN_VALUE)
		String post(@RequestParam(defaultValue = "0") int ms, @RequestBody Mono<String> body) {
			return this.work.block(ms) + " " + body.block();
		}

		/**
		 * Block for each part of an answer.
		 * @param parts the number of parts
		 * @param ms how long each takes, in milliseconds
		 * @return the names of the threads
		 */
		@GetMapping(path = "/annotated/parts", produces = MediaType.TEXT_PLAIN_VALUE)
		Flux<String> parts(@RequestParam int parts, @RequestParam(defaultValue = "0") int ms) {
			return Flux.range(0, parts).map((part) -> this.work.block(ms) + "\n");
		}

		@GetMapping(path = "/annotated/report", produces = MediaType.TEXT_PLAIN_VALUE)
		Mono<String> report() {
			return Mono.fromSupplier(this.work::report);
		}

	}

}
