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

package io.prefork.sample.it.balancer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.prefork.application.proxied.ProxiedApplication;
import io.prefork.sample.it.balancer.Balancer.Product;
import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.HttpReply;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;
import io.prefork.sample.it.support.TestKeyStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What balancers speak, to their clients and to the service, arrives as it was meant.
 */
@Tag("slow")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BalancerProtocolsIT {

	private static final String SPOOFED = "X-Forwarded-For: 192.0.2.7\r\nForwarded: for=192.0.2.8\r\n";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void whenTheServiceListensOnAUnixSocketThenRequestsEventsAndWebSocketsComeThrough(Product product)
			throws Exception {
		Path socket = this.directory.resolve("app.sock");
		String server = ((product == Product.NGINX) ? "unix:" : "unix@") + socket;
		try (PreforkService service = start(PreforkService.builder().args("--prefork.bind=unix:" + socket));
				Balancer balancer = start(product, server, "/hello", UnaryOperator.identity())) {
			assertThat(service.addresses()).containsExactly("unix:" + socket);
			assertThat(Http.http11().get(url(balancer, "/actuator/health")).status()).isEqualTo(404);
			assertThat(echo(balancer, "a message")).isEqualTo("a message");
			assertThat(events(balancer, 3)).containsExactly("data:0", "data:1", "data:2");
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenThereIsTlsAtBothEndsThenRequestsComeThrough(Product product) throws IOException {
		try (PreforkService service = start(PreforkService.builder()
			.args(TestKeyStore.in(this.directory))
			.args("--server.ssl.bundle=test", "--server.http2.enabled=true"))) {
			String server = address(service)
					+ ((product == Product.NGINX) ? "" : " ssl verify none alpn h2,http/1.1 check-alpn http/1.1");
			try (Balancer balancer = start(product, server, "/hello",
					(text) -> text.replace("proxy_pass http:", "proxy_pass https:"))) {
				HttpReply reply = Http.trustAll().get("https://localhost:%d/hello".formatted(balancer.tlsPort()));

				assertThat(reply.status()).isEqualTo(200);
				assertThat(reply.version()).isEqualTo(Version.HTTP_2);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void whenABalancerTellsTheClientThenNoClientCanTellAnother(Product product) throws IOException {
		try (PreforkService service = proxied();
				Balancer balancer = start(product, address(service), "/client", UnaryOperator.identity())) {
			assertThat(ask(balancer)).endsWith("127.0.0.9 http://localhost/client");
			assertThat(Http.trustAll().get("https://localhost:%d/client".formatted(balancer.tlsPort())).body())
				.isEqualTo("127.0.0.1 https://localhost:%d/client".formatted(balancer.tlsPort()));
		}
	}

	@Test
	void whenHaproxySpeaksHttp2ToTheServiceThenTheClientIsKnown() throws IOException {
		try (PreforkService service = proxied();
				Balancer balancer = start(Product.HAPROXY, address(service) + " proto h2", "/client",
						UnaryOperator.identity())) {
			assertThat(ask(balancer)).endsWith("127.0.0.9 http://localhost/client");
		}
	}

	@Test
	void whenHaproxySpeaksTheProxyProtocolThenTheClientIsKnown() throws IOException {
		try (PreforkService service = proxied();
				Balancer balancer = start(Product.HAPROXY, address(service) + " send-proxy-v2 check-send-proxy",
						"/client", (text) -> Balancer.replace(text, "set-header X-Forwarded-For %[src]",
								"del-header X-Forwarded-For"))) {
			assertThat(ask(balancer)).endsWith("127.0.0.9 http://localhost/client");
		}
	}

	private static PreforkService proxied() {
		return start(PreforkService.builder()
			.testApplication(ProxiedApplication.class)
			.args("--prefork.enabled=true", "--server.forward-headers-strategy=native", "--server.http2.enabled=true"));
	}

	private static PreforkService start(PreforkServiceBuilder service) {
		return service.args("--prefork.workers=2", "--prefork.graceful-timeout=2s").start().awaitReady();
	}

	private Balancer start(Product product, String server, String path, UnaryOperator<String> change)
			throws IOException {
		Path files = Files.createDirectory(this.directory.resolve("balancer"));
		return product.start(files, List.of(server), change).await(path);
	}

	private static String address(PreforkService service) {
		return URI.create(service.url("/")).getAuthority();
	}

	private static String url(Balancer balancer, String path) {
		return "http://127.0.0.1:%d%s".formatted(balancer.port(), path);
	}

	private static String ask(Balancer balancer) throws IOException {
		InetAddress client = InetAddress.getByAddress(new byte[] { 127, 0, 0, 9 });
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), balancer.port(), client, 0)) {
			socket.getOutputStream()
				.write("GET /client HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n".formatted(SPOOFED)
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
		}
	}

	private static List<String> events(Balancer balancer, int count) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url(balancer, "/events")))
			.timeout(Duration.ofSeconds(60))
			.build();
		try (Stream<String> lines = HttpClient.newHttpClient().send(request, BodyHandlers.ofLines()).body()) {
			return lines.filter((line) -> line.startsWith("data:")).limit(count).toList();
		}
	}

	private static String echo(Balancer balancer, String message) {
		CompletableFuture<String> answer = new CompletableFuture<>();
		WebSocket socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:%d/ws".formatted(balancer.port())), new WebSocket.Listener() {

				@Override
				public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
					answer.complete(data.toString());
					return null;
				}

			})
			.join();
		socket.sendText(message, true);
		return answer.orTimeout(60, TimeUnit.SECONDS).join();
	}

}
