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

package io.prefork.application.broadcast;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.prefork.boot.test.PreforkTest;
import io.prefork.boot.test.TestedService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A test as users write it, of their application with real workers.
 */
@PreforkTest(workers = 2, properties = "prefork.graceful-timeout=5s")
class PreforkTestIT {

	private final TestedService service;

	PreforkTestIT(TestedService service) {
		this.service = service;
	}

	@Test
	void whenAWorkerIsKilledThenTheServiceAnswers() throws Exception {
		Map<Integer, Long> before = new HashMap<>(this.service.workers());
		assertThat(before).containsOnlyKeys(0, 1);

		this.service.kill(1);

		assertThat(get("/size")).endsWith(" 0");
		assertThat(this.service.workers().get(0)).isEqualTo(before.get(0));
		assertThat(this.service.workers().get(1)).isNotEqualTo(before.get(1));
	}

	@Test
	void whenReloadedThenAllWorkersAreNew(TestedService service) throws Exception {
		assertThat(service).isSameAs(this.service);
		Map<Integer, Long> before = new HashMap<>(service.workers());

		service.reload();

		assertThat(get("/size")).endsWith(" 0");
		assertThat(service.workers().values()).doesNotContainAnyElementsOf(before.values());
		assertThat(service.output()).anyMatch((line) -> line.contains("reload gen=2 succeeded"));
	}

	@Test
	void whenThereIsNoSuchSlotThenThatIsSaid() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.service.kill(7))
			.withMessage("There is no worker in slot 7");
	}

	private String get(String path) throws IOException, InterruptedException {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(this.service.uri(path)).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

}
