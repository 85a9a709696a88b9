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

package io.prefork.application.proxied;

import java.util.Objects;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.netty.http.server.ProxyProtocolSupportType;

/**
 * An application that takes the client's address from its proxy.
 */
@SpringBootApplication
public class ProxiedApplication {

	/**
	 * Start the application.
	 * @param args the arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(ProxiedApplication.class, args);
	}

	@Bean
	NettyServerCustomizer proxyProtocol() {
		return (server) -> server.proxyProtocol(ProxyProtocolSupportType.AUTO);
	}

	/**
	 * Answers requests.
	 */
	@RestController
	static class AddressController {

		@GetMapping("/client")
		String client(ServerHttpRequest request) {
			return "%s %s".formatted(Objects.requireNonNull(request.getRemoteAddress()).getAddress().getHostAddress(),
					request.getURI());
		}

	}

}
