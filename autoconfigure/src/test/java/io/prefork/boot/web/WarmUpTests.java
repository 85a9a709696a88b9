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

package io.prefork.boot.web;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.boot.accept.AcceptGate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WarmUp}.
 */
class WarmUpTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@Test
	void whenAnswersComeThenItGoesOnUntilTheirLatencyHasSettled(@TempDir Path directory) throws Exception {
		try (TestServer server = TestServer.closed(directory)) {
			int answered = WarmUp.run(server.gate, List.of("/one", "/other"), LONG);

			assertThat(answered).isGreaterThanOrEqualTo(400);
			assertThat(server.requests).hasValue(answered);
			assertThat(server.gate.isOpen()).isFalse();
		}
	}

	@Test
	void whenAnAnswerDoesNotComeThenTheTimeIsOver(@TempDir Path directory) throws Exception {
		try (TestServer server = TestServer.closed(directory)) {
			int answered = WarmUp.run(server.gate, List.of("/hello", "/slow"), Duration.ofSeconds(2));

			assertThat(answered).isEqualTo(1);
		}
	}

	@Test
	void whenThereIsNothingToAskThenNothingHappens(@TempDir Path directory) throws Exception {
		assertThat(WarmUp.run(new AcceptGate(), List.of("/hello"), LONG)).isZero();
		try (TestServer server = TestServer.closed(directory)) {
			assertThat(WarmUp.run(server.gate, List.of(), LONG)).isZero();
			assertThat(WarmUp.run(new LoopbackClient(new InetSocketAddress(0), false), List.of(), LONG)).isZero();
			assertThat(server.requests).hasValue(0);
		}
	}

}
