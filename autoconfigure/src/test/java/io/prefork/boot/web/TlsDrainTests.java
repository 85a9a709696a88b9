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

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

import io.prefork.boot.control.DrainPlan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Drains of long connections over TLS, whose pipelines are others.
 */
class TlsDrainTests {

	private static final Duration BUDGET = Duration.ofSeconds(3);

	private static final int SERVICE_RESTART = 1012;

	private final List<String> received = new CopyOnWriteArrayList<>();

	@TempDir
	Path directory;

	private TestServer server;

	@BeforeEach
	void start() throws Exception {
		AcceptGate gate = new AcceptGate();
		gate.open();
		this.server = TestServer.with(this.directory, gate, true, TestCertificate.in(this.directory));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP11", "H2" })
	void whenEventStreamIsOpenNearTheEndThenItIsCompleted(HttpProtocol protocol) throws Exception {
		CompletableFuture<String> events = client(protocol).get()
			.uri("https://localhost:" + this.server.port() + "/long/events")
			.responseContent()
			.asString()
			.doOnNext(this.received::add)
			.collect(Collectors.joining())
			.toFuture();
		await().until(() -> !this.received.isEmpty());

		CompletableFuture<Integer> drained = this.server.drain(new DrainPlan(Duration.ZERO, BUDGET));

		assertThat(events.get(20, TimeUnit.SECONDS)).isEqualTo(LongAnswers.EVENT);
		assertThat(drained.get(20, TimeUnit.SECONDS)).isZero();
	}

	@Test
	void whenWebSocketIsOpenNearTheEndThenItIsClosedWithItsReason() throws Exception {
		CompletableFuture<Integer> status = client(HttpProtocol.HTTP11).websocket()
			.uri(URI.create("wss://localhost:" + this.server.port() + "/long/echo"))
			.handle((in, out) -> {
				this.received.add("open");
				return in.receiveCloseStatus();
			})
			.next()
			.map((close) -> close.code())
			.toFuture();
		await().until(() -> !this.received.isEmpty());

		CompletableFuture<Integer> drained = this.server.drain(new DrainPlan(Duration.ZERO, BUDGET));

		assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo(SERVICE_RESTART);
		assertThat(drained.get(20, TimeUnit.SECONDS)).isZero();
	}

	private static HttpClient client(HttpProtocol protocol) {
		GenericSslContextSpec<SslContextBuilder> context = (protocol == HttpProtocol.H2)
				? Http2SslContextSpec.forClient() : Http11SslContextSpec.forClient();
		context.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE));
		return HttpClient.newConnection().protocol(protocol).secure((spec) -> spec.sslContext(context));
	}

}
