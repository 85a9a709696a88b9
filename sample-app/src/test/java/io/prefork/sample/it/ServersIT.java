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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.rsocket.RSocketRequester;

import io.prefork.sample.it.servers.PidService;
import io.prefork.sample.it.servers.ServersApplication;
import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.Sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Other servers than the main one share their ports, too, or it is explained why not.
 */
class ServersIT {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String RSOCKET = "127.0.0.2";

	private static final String GRPC = "127.0.0.3";

	@Test
	void whenThereAreOtherServersThenAllWorkersServeOnTheirPorts() throws Exception {
		verifyServed("shared");
	}

	@Test
	@Tag("slow")
	void whenMasterAcceptsForOtherServersThenAllWorkersServeOnTheirPorts() throws Exception {
		verifyServed("dispatch");
	}

	private static void verifyServed(String distribution) throws Exception {
		try (PreforkService service = start("--prefork.distribution=" + distribution,
				"--prefork.dispatch-strategy=round-robin", "--prefork.graceful-timeout=5s", "--prefork.reload.canary=0",
				"--spring.rsocket.server.port=0", "--spring.rsocket.server.address=" + RSOCKET,
				"--spring.grpc.server.port=0", "--spring.grpc.server.address=" + GRPC)
			.awaitReady()) {
			int rsocket = port(service, RSOCKET);
			int grpc = port(service, GRPC);
			Set<String> before = answers(() -> askRSocket(rsocket));
			assertThat(answers(() -> askGrpc(grpc))).isEqualTo(before);
			assertThat(Http.http11().get(service.url("/")).status()).isEqualTo(404);
			List<String> held = new ArrayList<>();
			connect(rsocket).route("forever")
				.retrieveFlux(String.class)
				.subscribe(held::add, (error) -> held.add("end"));
			await().atMost(LIMIT).until(() -> held.size() == 1);
			AtomicBoolean end = new AtomicBoolean();
			FutureTask<Integer> calls = new FutureTask<>(() -> callUntil(end, grpc));
			new Thread(calls, "calls").start();

			assertThat(service.reload("(succeeded|rolled back)")).contains("succeeded");

			await().atMost(LIMIT).untilAsserted(() -> assertThat(held).last().isEqualTo("end"));
			assertThat(answers(() -> askRSocket(rsocket))).doesNotContainAnyElementsOf(before);
			assertThat(answers(() -> askGrpc(grpc))).doesNotContainAnyElementsOf(before);
			end.set(true);
			assertThat(calls.get()).isPositive();
			service.terminate();
			assertThat(service.awaitExit()).isZero();
			assertThat(service.output()).doesNotContain("had to be cut");
		}
	}

	@Test
	void whenApplicationBindsAPortByItselfThenTheFailureIsExplained() throws IOException {
		try (PreforkService service = start("--own-port=" + Sockets.freePort())) {
			service.awaitLine("Every worker runs the whole application");
			service.awaitLine("give the socket SO_REUSEPORT");
		}
	}

	/**
	 * Call on one channel, each call being under way for a while.
	 * @param end whether to end
	 * @param port the port
	 * @return the number of calls, none of which has failed
	 */
	private static int callUntil(AtomicBoolean end, int port) {
		ManagedChannel channel = NettyChannelBuilder.forAddress(GRPC, port).usePlaintext().build();
		int calls = 0;
		while (!end.get()) {
			PidService.ask(channel, 50);
			calls++;
		}
		channel.shutdownNow();
		return calls;
	}

	private static PreforkService start(String... args) {
		return PreforkService.builder()
			.testApplication(ServersApplication.class)
			.args("--prefork.enabled=true", "--prefork.workers=2")
			.args(args)
			.start();
	}

	private static int port(PreforkService service, String host) {
		return service.addresses()
			.stream()
			.filter((address) -> address.startsWith(host + ":"))
			.mapToInt((address) -> Integer.parseInt(address.substring(host.length() + 1)))
			.findFirst()
			.orElseThrow();
	}

	private static Set<String> answers(Supplier<String> request) {
		Set<String> pids = new HashSet<>();
		await().atMost(LIMIT).until(() -> {
			pids.add(request.get());
			return pids.size() == 2;
		});
		return pids;
	}

	private static String askRSocket(int port) {
		RSocketRequester client = connect(port);
		String pid = client.route("pid").retrieveMono(String.class).block(LIMIT);
		client.dispose();
		return String.valueOf(pid);
	}

	private static String askGrpc(int port) {
		ManagedChannel channel = NettyChannelBuilder.forAddress(GRPC, port).usePlaintext().build();
		String pid = PidService.ask(channel, 0);
		channel.shutdownNow();
		return pid;
	}

	private static RSocketRequester connect(int port) {
		return RSocketRequester.builder().tcp(RSOCKET, port);
	}

}
