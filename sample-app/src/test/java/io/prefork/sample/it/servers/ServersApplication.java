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

package io.prefork.sample.it.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An application with an RSocket server, and with a socket of its own if {@code own-port}
 * is set.
 */
@SpringBootApplication
public class ServersApplication {

	/**
	 * Start the application.
	 * @param args the arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(ServersApplication.class, args);
	}

	@Bean
	@ConditionalOnProperty("own-port")
	ServerSocket ownSocket(Environment environment) throws IOException {
		return new ServerSocket(environment.getRequiredProperty("own-port", Integer.class), 1,
				InetAddress.getLoopbackAddress());
	}

	/**
	 * Answers requests.
	 */
	@Controller
	static class PidController {

		@MessageMapping("pid")
		Mono<String> pid() {
			return Mono.just(Long.toString(ProcessHandle.current().pid()));
		}

		@MessageMapping("forever")
		Flux<String> forever() {
			return Flux.concat(pid(), Mono.never());
		}

	}

}
