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

import java.net.InetSocketAddress;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers at once, with a greeting or with the id of the process that answers.
 */
@RestController
class HelloController {

	private final String pid = Long.toString(ProcessHandle.current().pid());

	@GetMapping(path = "/hello", produces = MediaType.TEXT_PLAIN_VALUE)
	String hello() {
		return "Hello, World!";
	}

	@GetMapping(path = "/pid", produces = MediaType.TEXT_PLAIN_VALUE)
	String pid() {
		return this.pid;
	}

	/**
	 * Tell where the client is.
	 * @param request the request
	 * @return address and port of the client
	 */
	@GetMapping(path = "/remote", produces = MediaType.TEXT_PLAIN_VALUE)
	String remote(ServerHttpRequest request) {
		InetSocketAddress client = request.getRemoteAddress();
		return (client != null) ? client.getAddress().getHostAddress() + ":" + client.getPort() : "unknown";
	}

}
