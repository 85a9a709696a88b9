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

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.Jdks;
import io.prefork.sample.it.support.PreforkService;
import io.prefork.testapp.context.ContextApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who asks, and what the log says about it, comes along to the threads of the worker
 * class.
 */
@Tag("slow")
class WorkerContextIT {

	private static final int REQUESTS = 40;

	@ParameterizedTest
	@CsvSource({ "event-loop, 17, ''", "threads, 17, prefork-request-", "sync, 17, prefork-request-",
			"virtual-threads, 25, prefork-request-" })
	void whenManyAskAtOnceThenEachIsAnsweredAsWhoItIs(String workerClass, int java, String threads) {
		Path jdk = (java > 17) ? Jdks.atLeast(java).orElse(null) : Path.of(System.getProperty("java.home"));
		Assumptions.assumeTrue(jdk != null, () -> "no JDK %d is installed".formatted(java));
		try (PreforkService service = PreforkService.builder()
			.javaHome(jdk)
			.testApplication(ContextApplication.class)
			.args("--prefork.enabled=true", "--prefork.workers=1", "--prefork.worker-class=" + workerClass,
					"--spring.reactor.context-propagation=auto", "--prefork.graceful-timeout=2s",
					"--spring.grpc.server.enabled=false", SecurityIT.EXCLUDED)
			.start()
			.awaitReady()) {
			List<CompletableFuture<Void>> asked = IntStream.range(0, REQUESTS)
				.mapToObj((index) -> CompletableFuture.runAsync(() -> verify(service, index, threads)))
				.toList();

			assertThat(asked).allSatisfy(CompletableFuture::join);
		}
	}

	private static void verify(PreforkService service, int index, String threads) {
		String user = (index % 2 == 0) ? "ann" : "bob";
		String path = (index % 4 < 2) ? "/blocking" : "/reactive";
		String tenant = "tenant-" + index;
		HttpRequest request = HttpRequest.newBuilder(URI.create(service.url(path)))
			.header("tenant", tenant)
			.header("Authorization", Http.basic(user, "secret"))
			.build();

		assertThat(Http.http11().send(request).body()).startsWith("%s %s %s".formatted(user, tenant, threads));
	}

}
