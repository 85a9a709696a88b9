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
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

import io.prefork.sample.it.support.MixedLoad;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.PreforkServiceBuilder;
import io.prefork.sample.it.support.SharedServices;
import io.prefork.sample.it.support.SharedServicesExtension;
import io.prefork.sample.it.support.TestKeyStore;
import io.prefork.sample.it.support.Transport;
import io.prefork.sample.it.support.TrustAll;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every way to share the port, with every transport that it works with, under every
 * protocol: answers are right, and nothing is lost.
 */
@ExtendWith(SharedServicesExtension.class)
class MatrixIT {

	private static final int RATE = 60;

	private static final String CLIENT = "127.0.0.3";

	@TempDir
	private Path directory;

	/**
	 * Those that need no more than the application has; the shared socket is reloaded,
	 * scaled and killed in {@link ReloadIT}, {@link ScaleIT} and
	 * {@link RestartUnderLoadIT}, too.
	 * @param distribution how connections reach the workers
	 * @param services services to use
	 * @throws IOException if there is no port
	 */
	@ParameterizedTest
	@ValueSource(strings = { "reuseport", "dispatch" })
	void whenReloadedScaledAndKilledUnderLoadThenOnlyWhatTheKilledHadIsLost(String distribution,
			SharedServices services) throws IOException {
		verify(services.standard("--prefork.distribution=" + distribution), distribution, Transport.EPOLL, false);
	}

	static List<Arguments> others() {
		return List.of(Arguments.of("shared", Transport.EPOLL, false),
				Arguments.of("shared", Transport.IO_URING, false), Arguments.of("reuseport", Transport.IO_URING, false),
				Arguments.of("reuseport", Transport.NIO, false), Arguments.of("shared", Transport.EPOLL, true),
				Arguments.of("shared", Transport.IO_URING, true), Arguments.of("reuseport", Transport.EPOLL, true),
				Arguments.of("reuseport", Transport.IO_URING, true), Arguments.of("reuseport", Transport.NIO, true),
				Arguments.of("dispatch", Transport.EPOLL, true), Arguments.of("dispatch", Transport.IO_URING, false),
				Arguments.of("dispatch", Transport.IO_URING, true));
	}

	@ParameterizedTest(name = "{0}, {1}, TLS {2}")
	@MethodSource("others")
	@Tag("slow")
	void whenReloadedScaledAndKilledUnderLoadThenOnlyWhatTheKilledHadIsLost(String distribution, Transport transport,
			boolean tls) throws IOException {
		transport.assumeAvailable();
		try (PreforkService service = start(distribution, transport, tls)) {
			verify(service, distribution, transport, tls);
		}
	}

	private static void verify(PreforkService service, String distribution, Transport transport, boolean tls)
			throws IOException {
		String what = distribution + ", " + transport + (tls ? ", TLS" : "");
		assertThat(service.readyWorkers().values()).allMatch(transport::isUsedBy);
		verifyAnswers(service, tls ? List.of(HttpProtocol.H2) : List.of(HttpProtocol.HTTP11, HttpProtocol.H2C));

		MixedLoad load = load(service, tls);
		assertThat(service.reload("(succeeded|rolled back)")).contains("succeeded");
		load.awaitMoreOk(50);
		scale(service, "TTOU", 1);
		load.awaitMoreOk(50);
		scale(service, "TTIN", 2);
		load.awaitMoreOk(50).stop(what + ", reloaded and scaled");
		assertThat(load.failed()).as(what).isLessThanOrEqualTo(transport.keepsQueues() ? 0 : load.clients());

		load = load(service, tls);
		long killed = service.readyWorker(0);
		PreforkService.signal(killed, "KILL");
		service.awaitWorkerReady(0, killed);
		load.awaitMoreOk(50).stop(what + ", one worker killed");
		assertThat(load.failed()).as(what).isLessThanOrEqualTo(load.clients());
	}

	/**
	 * Ask from an address and a port of our own.
	 * @param service the service
	 * @param protocols in which protocols
	 * @throws IOException if there is no port
	 */
	private static void verifyAnswers(PreforkService service, List<HttpProtocol> protocols) throws IOException {
		for (HttpProtocol protocol : protocols) {
			for (int i = 0; i < 5; i++) {
				InetSocketAddress own = freeAddress();
				HttpClient client = HttpClient.newConnection()
					.bindAddress(() -> own)
					.host("127.0.0.1")
					.port(service.port());
				client = (protocol == HttpProtocol.H2) ? TrustAll.http2(client) : client.protocol(protocol);
				String answer = client.get()
					.uri("/remote")
					.responseSingle((response, body) -> body.asString()
						.map((text) -> response.status() + " " + response.version() + " " + text))
					.block();

				String version = (protocol == HttpProtocol.HTTP11) ? "HTTP/1.1" : "HTTP/2.0";
				assertThat(answer).isEqualTo("200 OK %s %s:%d", version, CLIENT, own.getPort());
			}
		}
	}

	private static InetSocketAddress freeAddress() throws IOException {
		try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getByName(CLIENT))) {
			return new InetSocketAddress(CLIENT, unused.getLocalPort());
		}
	}

	private static MixedLoad load(PreforkService service, boolean tls) {
		return tls ? MixedLoad.tls(service, "/pid", RATE) : MixedLoad.clearText(service, "/pid", RATE);
	}

	private static void scale(PreforkService service, String signal, int workers) {
		int from = service.signal(signal);
		service.awaitLine(from, "scaling from \\d to " + workers + " workers?");
		service.awaitReadySlots(workers);
		service.awaitProcesses(workers);
	}

	private PreforkService start(String distribution, Transport transport, boolean tls) {
		PreforkServiceBuilder builder = PreforkService.builder()
			.libraries(transport.libraries())
			.args("--prefork.workers=2", "--prefork.distribution=" + distribution, "--prefork.transport=" + transport,
					"--prefork.graceful-timeout=8s", "--prefork.reload.canary=0", "--server.http2.enabled=true");
		if (tls) {
			builder.args(TestKeyStore.in(this.directory)).args("--server.ssl.bundle=test");
		}
		return builder.start().awaitReady();
	}

}
