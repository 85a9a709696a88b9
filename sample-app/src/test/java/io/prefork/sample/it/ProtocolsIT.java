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

import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.HttpReply;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.sample.it.support.SharedServices;
import io.prefork.sample.it.support.SharedServicesExtension;
import io.prefork.sample.it.support.TestKeyStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Protocols work on a handed-over listener as they do on one of the application's own.
 */
@ExtendWith(SharedServicesExtension.class)
class ProtocolsIT {

	@TempDir
	private Path directory;

	@Test
	void whenTlsBundleIsUsedWithoutHttp2ThenHttp11IsUsed() {
		try (PreforkService service = PreforkService.builder()
			.args("--prefork.workers=1", "--server.ssl.bundle=test")
			.args(TestKeyStore.in(this.directory))
			.start()
			.awaitReady()) {
			HttpReply reply = Http.trustAll().get("https://localhost:" + service.port() + "/json");

			assertThat(reply.status()).isEqualTo(200);
			assertThat(reply.version()).isEqualTo(Version.HTTP_1_1);
		}
	}

	@Test
	void whenWorkerDrainsThenHttp2StreamsAreCompletedAndClientMovesOn(SharedServices services) {
		PreforkService service = services.standard();
		HttpClient client = HttpClient.create(ConnectionProvider.create("test", 1))
			.protocol(HttpProtocol.H2C)
			.baseUrl(service.url(""));
		long pid = Long.parseLong(get(client, "/pid").join());
		int slot = (service.readyWorker(0) == pid) ? 0 : 1;
		CompletableFuture<String> slow = get(client, "/slow?ms=3000");
		CompletableFuture<String> beside = get(client, "/pid");
		assertThat(beside.join()).isEqualTo(Long.toString(pid));

		PreforkService.signal(pid, "TERM");

		service.awaitLine("pid=" + pid + " draining");
		assertThat(slow.join()).isNotEmpty();
		assertThat(get(client, "/pid").join()).isNotEqualTo(Long.toString(pid));
		service.awaitWorkerReady(slot, pid);
		assertThat(service.output()).doesNotContainPattern("pid=" + pid + " .*had to be cut");
	}

	private static CompletableFuture<String> get(HttpClient client, String path) {
		return client.get().uri(path).responseContent().aggregate().asString().toFuture();
	}

}
