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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.prefork.sample.it.support.MixedLoad;
import io.prefork.sample.it.support.PreforkService;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Planned work keeps within {@code prefork.surge} and {@code prefork.max-unavailable}.
 */
class DisruptionBudgetIT {

	private static final int WORKERS = 2;

	@ParameterizedTest(name = "surge {0}, max-unavailable {1}")
	@CsvSource("0, 1")
	void whenReloadedUnderLoadThenBudgetIsKeptAndNoRequestFails(int surge, int maxUnavailable) {
		try (PreforkService service = PreforkService.builder()
			.args("--prefork.workers=" + WORKERS, "--prefork.surge=" + surge,
					"--prefork.max-unavailable=" + maxUnavailable, "--prefork.reload.canary=0",
					"--prefork.graceful-timeout=5s",
					"--prefork.jvm.options=-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Xmx256m")
			.start()
			.awaitReady()) {
			MixedLoad load = MixedLoad.http11(service, "/pid", 50);

			assertThat(service.reload("(succeeded|rolled back)")).contains("succeeded");

			load.awaitMoreOk(50)
				.stopAndVerifyNoneFailed("reload with surge %d, max-unavailable %d".formatted(surge, maxUnavailable));
			service.awaitProcesses(WORKERS);
			assertThat(service.fewestReady()).isEqualTo(WORKERS - maxUnavailable);
			assertThat(service.mostAlive()).isEqualTo(WORKERS + surge);
		}
	}

}
