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

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.rsocket.RSocketRequester;

import io.prefork.sample.it.servers.ServersApplication;
import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Other servers than the main one share their ports, too, or it is explained why not.
 */
class ServersIT {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	@ParameterizedTest
	@ValueSource(strings = { "shared", "reuseport", "dispatch" })
	void whenThereIsAnRSocketServerThenAllWorkersServeOnItsPort(String distribution) {
		try (PreforkService service = start("--prefork.distribution=" + distribution,
				"--prefork.dispatch-strategy=round-robin", "--spring.rsocket.server.port=0",
				"--spring.rsocket.server.address=127.0.0.1", "--prefork.graceful-timeout=5s",
				"--prefork.reload.canary=0")
			.awaitReady()) {
			assertThat(service.addresses()).hasSize(2);
			Set<String> before = answering(port(service), 2);
			assertThat(before).hasSize(2);
			assertThat(Http.http11().get(service.url("/")).status()).isEqualTo(404);
			List<String> held = new ArrayList<>();
			RSocketRequester client = connect(port(service));
			client.route("forever").retrieveFlux(String.class).subscribe(held::add, (error) -> held.add("end"));
			await().atMost(LIMIT).until(() -> held.size() == 1);

			assertThat(service.reload("(succeeded|rolled back)")).contains("succeeded");

			await().atMost(LIMIT).untilAsserted(() -> assertThat(held).last().isEqualTo("end"));
			assertThat(answering(port(service), 2)).doesNotContainAnyElementsOf(before);
			service.terminate();
			assertThat(service.awaitExit()).isZero();
			assertThat(service.output()).doesNotContain("had to be cut");
		}
	}

	private static PreforkService start(String... args) {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return PreforkService.builder()
			.command(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath,
					ServersApplication.class.getName()))
			.args("--prefork.enabled=true", "--prefork.workers=2")
			.args(args)
			.start();
	}

	private static int port(PreforkService service) {
		String address = service.addresses().get(1);
		return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
	}

	private static Set<String> answering(int port, int workers) {
		Set<String> pids = new HashSet<>();
		await().atMost(LIMIT).until(() -> {
			RSocketRequester client = connect(port);
			pids.add(client.route("pid").retrieveMono(String.class).block(LIMIT));
			client.dispose();
			return pids.size() == workers;
		});
		return pids;
	}

	private static RSocketRequester connect(int port) {
		return RSocketRequester.builder().tcp("127.0.0.1", port);
	}

}
