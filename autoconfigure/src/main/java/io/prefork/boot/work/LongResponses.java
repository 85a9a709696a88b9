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

import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Knows answers that last as long as the client wants them: they are no work in progress.
 */
final class LongResponses {

	private static final List<MediaType> STREAMS = List.of(MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_NDJSON);

	private LongResponses() {
	}

	/**
	 * Whether a request asks for a WebSocket, see RFC 6455, section 4.1 and RFC 8441,
	 * section 4.
	 * @param request the request
	 * @return {@code true} if so
	 */
	static boolean isWebSocket(ServerHttpRequest request) {
		return "websocket".equalsIgnoreCase(request.getHeaders().getUpgrade())
				|| HttpMethod.valueOf("CONNECT").equals(request.getMethod());
	}

	/**
	 * Whether an answer is a stream of events.
	 * @param response the response, whose headers are complete
	 * @return {@code true} if so
	 */
	static boolean isStream(ServerHttpResponse response) {
		String type = response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
		return type != null && STREAMS.stream().anyMatch((stream) -> type.startsWith(stream.toString()));
	}

}
