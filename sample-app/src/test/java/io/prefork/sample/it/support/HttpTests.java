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

package io.prefork.sample.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient.Version;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Http}.
 */
class HttpTests {

	@Test
	void whenServerAnswersThenReplyHasItsParts() throws IOException {
		try (TestServer server = new TestServer((socket) -> {
			String method = TestServer.request(socket).split(" ", 2)[0];
			TestServer.send(socket, TestServer.response(418, "X-Method: " + method + "\r\n", "tea"));
		})) {
			String url = "http://127.0.0.1:" + server.port() + "/";

			HttpReply reply = Http.http11().get(url);

			assertThat(reply.status()).isEqualTo(418);
			assertThat(reply.body()).isEqualTo("tea");
			assertThat(reply.version()).isEqualTo(Version.HTTP_1_1);
			assertThat(reply.header("x-method")).contains("GET");
			assertThat(Http.http2().post(url, "").header("x-method")).contains("POST");
			assertThat(Http.trustAll().delete(url).header("x-method")).contains("DELETE");
		}
	}

	@Test
	void whenThereIsNoAnswerThenItFails() throws IOException {
		try (TestServer server = new TestServer(TestServer::request)) {
			Http http = Http.http11();

			assertThatExceptionOfType(UncheckedIOException.class)
				.isThrownBy(() -> http.post("http://127.0.0.1:" + server.port() + "/", "{}"))
				.withMessageContaining("POST");
		}
	}

}
