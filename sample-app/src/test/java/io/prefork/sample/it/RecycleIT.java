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

import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.prefork.sample.it.support.Http;
import io.prefork.sample.it.support.MixedLoad;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers are recycled one by one, without a request failing.
 */
class RecycleIT {

	private static final String OPTIONS = "--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx512m";

	private static final int REQUESTS = 3_000;

	@Test
	void whenWorkersHaveServedMaxRequestsThenTheyAreRecycledAndNoRequestFails() {
		try (PreforkService service = start("--prefork.max-requests=500", "--prefork.max-requests-jitter=250")) {
			MixedLoad load = MixedLoad.http11(service, "/pid", 400);

			service.awaitLines("worker=\\d+ .* is recycled: max-requests", 4);
			while (load.total() < REQUESTS) {
				load.awaitMoreOk(100);
			}
			service.awaitLines("exited with code \\d+ \\(max-requests\\)", 4);
			load.stopAndVerifyNoneFailed("max-requests");

			assertThat(load.total()).isGreaterThanOrEqualTo(REQUESTS);
			assertThat(service.fewestReady()).isGreaterThanOrEqualTo(2);
			service.awaitReadySlots(2);
		}
	}

	@Test
	@Tag("slow")
	void whenWorkerIsOldThenItIsRecycledAndNoRequestFails() {
		try (PreforkService service = start("--prefork.max-age=10s", "--prefork.max-age-jitter=2s")) {
			long first = service.readyWorker(0);
			long second = service.readyWorker(1);
			MixedLoad load = MixedLoad.http11(service, "/pid", 100);

			service.awaitLine("pid=" + first + " is recycled: max-age");
			service.awaitLine("pid=" + second + " is recycled: max-age");
			service.awaitWorkerReady(0, first);
			service.awaitWorkerReady(1, second);
			load.awaitMoreOk(100).stopAndVerifyNoneFailed("max-age");

			assertThat(service.fewestReady()).isGreaterThanOrEqualTo(2);
		}
	}

	@Test
	void whenWorkerIsTooBigThenItIsRecycledAndNoRequestFails() {
		try (PreforkService service = start("--prefork.max-rss=340MB", "--prefork.restart.reset-after=3s",
				"--sample.faults.enabled=true")) {
			MixedLoad load = MixedLoad.http11(service, "/hello", 100);
			Http connection = Http.http11();
			String pid = connection.get(service.url("/pid")).body();
			connection.post(service.url("/faults/leak?mb=280"), "");

			service.awaitLine("pid=" + pid + " is recycled: max-rss");
			service.awaitLine(Pattern.compile("pid=" + pid + " exited with code \\d+ \\(max-rss\\)"));
			load.awaitMoreOk(100).stopAndVerifyNoneFailed("max-rss");

			assertThat(service.fewestReady()).isGreaterThanOrEqualTo(2);
			assertThat(service.readyWorkers()).hasSize(2).doesNotContainValue(Long.valueOf(pid));
		}
	}

	private static PreforkService start(String... args) {
		return PreforkService.builder()
			.args("--prefork.workers=2", "--prefork.graceful-timeout=8s", OPTIONS)
			.args(args)
			.start()
			.awaitReady();
	}

}
