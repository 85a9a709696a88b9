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

package io.prefork.sample.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.prefork.application.proxied.ProxiedApplication;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The client's address comes from the proxy in front, whichever way its connections reach
 * the workers.
 */
@Tag("slow")
class ProxyIT {

	@ParameterizedTest
	@ValueSource(strings = { "shared", "reuseport", "dispatch" })
	void whenAProxyTellsTheClientThenTheApplicationKnows(String distribution) throws IOException {
		try (PreforkService service = PreforkService.builder()
			.testApplication(ProxiedApplication.class)
			.args("--prefork.enabled=true", "--prefork.workers=2", "--prefork.preload.enabled=false",
					"--prefork.distribution=" + distribution, "--server.forward-headers-strategy=native")
			.start()
			.awaitReady()) {
			for (int i = 0; i < 6; i++) {
				assertThat(ask(service, "", "")).endsWith("127.0.0.1 http://localhost/client");
				assertThat(ask(service, "",
						"X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: shop.example\r\n"))
					.endsWith("192.0.2.7 https://shop.example/client");
				assertThat(ask(service, "PROXY TCP4 192.0.2.8 192.0.2.1 5000 443\r\n", ""))
					.endsWith("192.0.2.8 http://localhost/client");
			}
		}
	}

	private static String ask(PreforkService service, String before, String headers) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
			socket.getOutputStream()
				.write("%sGET /client HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
					.formatted(before, headers)
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

}
