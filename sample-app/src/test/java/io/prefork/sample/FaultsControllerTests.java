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

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FaultsController}, but for the faults that would end the tests.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.faults.enabled=true")
class FaultsControllerTests {

	@LocalServerPort
	private int port;

	private WebTestClient client = WebTestClient.bindToServer().build();

	@BeforeEach
	void setUp() {
		this.client = this.client.mutate().baseUrl("http://localhost:" + this.port).build();
	}

	@Test
	void whenFaultsAreEnabledThenAllAreMapped(
			@Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
		assertThat(mapping.getHandlerMethods().keySet()).extracting(Object::toString)
			.anyMatch((method) -> method.contains("GET /block"))
			.anyMatch((method) -> method.contains("GET /hang"))
			.anyMatch((method) -> method.contains("GET /deadlock"))
			.anyMatch((method) -> method.contains("POST /faults/exit"))
			.anyMatch((method) -> method.contains("POST /faults/oom"))
			.anyMatch((method) -> method.contains("POST /faults/leak"))
			.anyMatch((method) -> method.contains("POST /faults/child"));
	}

	@Test
	void whenBlockIsRequestedThenTheAnswerIsDelayed() {
		long start = System.nanoTime();

		expectText(HttpMethod.GET, "/block?ms=150", HttpStatus.OK, "Blocked for 150 ms");

		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
	}

	@Test
	void whenMemoryIsLeakedThenTheTotalIsAnswered() {
		expectText(HttpMethod.POST, "/faults/leak?mb=2", HttpStatus.OK, "2");
		expectText(HttpMethod.POST, "/faults/leak?mb=3", HttpStatus.OK, "5");
	}

	@Test
	void whenParameterIsBadThenRequestIsRefused() {
		expectText(HttpMethod.GET, "/block?ms=-1", HttpStatus.BAD_REQUEST, "'ms' must be between 0 and 3600000");
		expectText(HttpMethod.POST, "/faults/exit?code=256", HttpStatus.BAD_REQUEST,
				"'code' must be between 0 and 255");
		expectText(HttpMethod.POST, "/faults/leak?mb=0", HttpStatus.BAD_REQUEST, "'mb' must be between 1 and 1024");
		expectText(HttpMethod.POST, "/faults/child?seconds=3601", HttpStatus.BAD_REQUEST,
				"'seconds' must be between 0 and 3600");
	}

	private void expectText(HttpMethod method, String uri, HttpStatus status, String text) {
		this.client.method(method)
			.uri(uri)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains(text));
	}

}
