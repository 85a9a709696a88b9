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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.resources.LoopResources;

import io.prefork.boot.accept.AcceptGate;
import io.prefork.boot.control.FakeMaster;
import io.prefork.boot.control.MasterConnection;
import io.prefork.boot.drain.Connections;
import io.prefork.boot.drain.DrainPlan;
import io.prefork.boot.transport.EpollTransport;
import io.prefork.boot.transport.IoUringTransport;
import io.prefork.boot.transport.ServerTransport;
import io.prefork.boot.transport.TransportLoops;

/**
 * A web server of a worker as it is in production, except that the master is a
 * {@link FakeMaster}. {@code /slow} answers, and {@code /stream} ends, after
 * {@link #release}; what is under {@code /long} is left to {@link LongAnswers}. All tests
 * run on io_uring with {@code -Dprefork.test.transport=io_uring}.
 */
public final class TestServer implements AutoCloseable {

	private static final String TRANSPORT = System.getProperty("prefork.test.transport", "epoll");

	public final AcceptGate gate;

	public final Connections connections = new Connections();

	public final AtomicInteger requests = new AtomicInteger();

	public final LongAnswers longAnswers = new LongAnswers();

	private final Sinks.Empty<Void> released = Sinks.empty();

	private final LoopResources loops = LoopResources.create("test-server", 1, true);

	private final TransportLoops serverLoops;

	private final FakeMaster master;

	private final WebServer server;

	private TestServer(FakeMaster master, ServerTransport transport, AcceptGate gate, boolean http2,
			@Nullable TestCertificate certificate) throws IOException {
		this.serverLoops = new TransportLoops(() -> transport);
		this.gate = gate;
		this.master = master;
		this.server = start(master.connect(), http2, certificate);
	}

	public static TestServer open(Path directory) throws IOException {
		TestServer server = closed(directory);
		server.gate.open();
		return server;
	}

	public static TestServer closed(Path directory) throws IOException {
		return with(directory, new AcceptGate(), false);
	}

	public static TestServer closed(Path directory, ServerTransport transport) throws IOException {
		return new TestServer(FakeMaster.start(directory), transport, new AcceptGate(), false, null);
	}

	public static TestServer open(Path directory, ServerTransport transport) throws IOException {
		return new TestServer(FakeMaster.start(directory), transport, openGate(), false, null);
	}

	public static TestServer with(Path directory, AcceptGate gate, boolean http2) throws IOException {
		return new TestServer(FakeMaster.start(directory), transport(), gate, http2, null);
	}

	/**
	 * Open a server that speaks HTTP/1.1 and HTTP/2 over TLS.
	 * @param directory for the control socket
	 * @param certificate its certificate
	 * @return the server
	 * @throws IOException if it can't be started
	 */
	public static TestServer tls(Path directory, TestCertificate certificate) throws IOException {
		return tls(directory, transport(), certificate);
	}

	public static TestServer tls(Path directory, ServerTransport transport, TestCertificate certificate)
			throws IOException {
		return new TestServer(FakeMaster.start(directory), transport, openGate(), true, certificate);
	}

	private static ServerTransport transport() {
		return "io_uring".equals(TRANSPORT) ? IoUringTransport.orEpoll() : new EpollTransport();
	}

	private static AcceptGate openGate() {
		AcceptGate gate = new AcceptGate();
		gate.open();
		return gate;
	}

	private WebServer start(MasterConnection connection, boolean http2, @Nullable TestCertificate certificate) {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setLoopResourcesSupplier(() -> this.loops);
		resources.start();
		NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(0);
		Http2 protocol = new Http2();
		protocol.setEnabled(http2);
		factory.setHttp2(protocol);
		factory.setResourceFactory(resources);
		if (certificate != null) {
			factory.setSsl(Ssl.forBundle("test"));
			factory.setSslBundles(new DefaultSslBundleRegistry("test", certificate.bundle()));
		}
		new ListenerCustomizer(
				new ServerResources(connection, this.serverLoops, this.gate, this.connections, (loops) -> {
				}, resources), List.of())
			.customize(factory);
		WebServer webServer = factory.getWebServer(this::handle);
		webServer.start();
		return webServer;
	}

	public int port() {
		return this.server.getPort();
	}

	public FakeMaster master() {
		return this.master;
	}

	/**
	 * Let the answers of {@code /slow} and {@code /stream} end.
	 */
	public void release() {
		this.released.tryEmitEmpty();
	}

	/**
	 * Stop accepting and drain, on another thread.
	 * @param plan the plan
	 * @return the number of connections that were cut
	 */
	public CompletableFuture<Integer> drain(DrainPlan plan) {
		return CompletableFuture.supplyAsync(() -> {
			this.gate.shut(Duration.ZERO);
			return this.connections.drain(plan);
		});
	}

	@Override
	public void close() {
		release();
		this.server.stop();
		this.master.close();
		this.loops.dispose();
		this.serverLoops.close();
	}

	private Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		this.requests.incrementAndGet();
		Mono<DataBuffer> text = Mono.fromSupplier(
				() -> response.bufferFactory().wrap(request.getPath().value().getBytes(StandardCharsets.US_ASCII)));
		return switch (request.getPath().value()) {
			case "/slow" -> this.released.asMono().then(respond(response, text));
			case "/stream" ->
				response.writeAndFlushWith(Flux.concat(Mono.just(text), this.released.asMono().then(Mono.just(text))));
			default -> request.getPath().value().startsWith("/long/") ? this.longAnswers.handle(request, response)
					: respond(response, text);
		};
	}

	private static Mono<Void> respond(ServerHttpResponse response, Mono<DataBuffer> text) {
		return Mono.defer(() -> response.writeWith(text));
	}

}
