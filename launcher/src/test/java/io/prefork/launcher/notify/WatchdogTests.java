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

package io.prefork.launcher.notify;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Watchdog}.
 */
class WatchdogTests {

	private static final long PID = 4711;

	private static final long SECOND = 1_000_000_000L;

	@Test
	void whenIntervalIsGivenThenSignsAreDueAtHalfOfIt() {
		Watchdog watchdog = watchdog(Map.of("WATCHDOG_USEC", "4000000"));

		assertThat(watchdog.isDue(-SECOND)).isTrue();
		assertThat(watchdog.isDue(-SECOND)).isFalse();
		assertThat(watchdog.rest(0)).isEqualTo(Duration.ofSeconds(1));
		assertThat(watchdog.isDue(SECOND - 1)).isFalse();
		assertThat(watchdog.isDue(SECOND)).isTrue();
		assertThat(watchdog.rest(SECOND)).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void whenLoopWasLateThenThereIsOneSignAndNoBacklog() {
		Watchdog watchdog = watchdog(Map.of("WATCHDOG_USEC", "4000000", "WATCHDOG_PID", "4711"));
		watchdog.isDue(0);

		assertThat(watchdog.isDue(60 * SECOND)).isTrue();
		assertThat(watchdog.isDue(61 * SECOND)).isFalse();
		assertThat(watchdog.rest(61 * SECOND)).isEqualTo(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "-1", "soon", "99999999999999999999" })
	void whenIntervalIsNoneThenNoSignsAreWanted(String interval) {
		assertThat(Watchdog.from(Map.of("WATCHDOG_USEC", interval), PID)).isNull();
	}

	@Test
	void whenAnotherProcessIsMeantThenNoSignsAreWanted() {
		assertThat(Watchdog.from(Map.of("WATCHDOG_USEC", "4000000", "WATCHDOG_PID", "47"), PID)).isNull();
		assertThat(Watchdog.from(Map.of("WATCHDOG_PID", "4711"), PID)).isNull();
	}

	private static Watchdog watchdog(Map<String, String> environment) {
		return Objects.requireNonNull(Watchdog.from(environment, PID));
	}

}
