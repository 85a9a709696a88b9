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

package io.prefork.launcher.load;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;

/**
 * The requests of a load, one after the other and again from the first, as they go over
 * the wire: the generator is to take as little as it can of what it measures.
 */
final class RequestCycle {

	private static final String END = "\r\n";

	private final List<Encoded> requests;

	private int next;

	RequestCycle(List<LoadRequest> requests, String host) {
		this.requests = requests.stream().map((request) -> new Encoded(request, encode(request, host))).toList();
	}

	Encoded next() {
		Encoded request = this.requests.get(this.next);
		this.next = (this.next + 1) % this.requests.size();
		return request;
	}

	/**
	 * Write a request as RFC 9112 has it.
	 * @param request the request
	 * @param host what is in its {@code Host}
	 * @return the bytes, which stay when they are released
	 */
	private static ByteBuf encode(LoadRequest request, String host) {
		byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
		StringBuilder head = new StringBuilder(request.method()).append(' ').append(request.path()).append(" HTTP/1.1");
		head.append(END).append(HttpHeaderNames.HOST).append(": ").append(host).append(END);
		request.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append(END));
		if (body.length > 0) {
			head.append(HttpHeaderNames.CONTENT_LENGTH).append(": ").append(body.length).append(END);
		}
		head.append(END);
		ByteBuf bytes = Unpooled.directBuffer().writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
		return Unpooled.unreleasableBuffer(bytes.writeBytes(body).asReadOnly());
	}

	/**
	 * A request, and how it is written.
	 *
	 * @param request the request
	 * @param bytes its bytes
	 */
	record Encoded(LoadRequest request, ByteBuf bytes) {

	}

}
