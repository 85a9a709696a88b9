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

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Answers 503 with a problem detail (RFC 9457) that needs no codec of the application.
 */
final class ServiceUnavailable {

	private static final String BODY = "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
			+ "\"detail\":\"%s\"}";

	private ServiceUnavailable() {
	}

	/**
	 * Answer.
	 * @param response the response
	 * @param detail what is the matter, without characters that JSON escapes
	 * @param retryAfter seconds after which to ask again; {@code null} for none in
	 * particular
	 * @param reason how it ends instead if another answer has begun
	 * @return ends with the answer
	 */
	static Mono<Void> answer(ServerHttpResponse response, String detail, @Nullable Integer retryAfter,
			RuntimeException reason) {
		if (!response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE)) {
			return Mono.error(reason);
		}
		HttpHeaders headers = response.getHeaders();
		headers.clearContentHeaders();
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		if (retryAfter != null) {
			headers.set(HttpHeaders.RETRY_AFTER, retryAfter.toString());
		}
		byte[] body = BODY.formatted(detail).getBytes(StandardCharsets.UTF_8);
		headers.setContentLength(body.length);
		DataBuffer buffer = response.bufferFactory().wrap(body);
		return response.writeWith(Mono.just(buffer));
	}

}
