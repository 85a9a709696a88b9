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

package io.prefork.boot.accept;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShortConnections} with made-up times.
 */
class ShortConnectionsTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private static final long NOW = 1000 * SECOND;

	private final ShortConnections connections = new ShortConnections();

	private long opened;

	@ParameterizedTest
	@CsvSource(textBlock = """
			0,    0,    false
			50,   50,   false
			51,   51,   true
			51,   101,  true
			51,   102,  false
			300,  1000, false
			5000, 5030, true
			""")
	void whenMostAreShortAndNotFewThenTheyPrevail(int closed, int opened, boolean prevail) {
		this.connections.prevail(0, NOW);

		run(opened, closed, 0.01, NOW);

		assertThat(prevail(NOW)).isEqualTo(prevail);
	}

	@Test
	void whenConnectionsLastThenTheyDoNotPrevail() {
		this.connections.prevail(0, NOW);

		run(1000, 1000, 1, NOW);

		assertThat(prevail(NOW)).isFalse();
	}

	@Test
	void whenShortOnesAreOverThenTheyPrevailForASecondOrTwo() {
		this.connections.prevail(0, NOW);
		run(100, 100, 0.01, NOW + SECOND / 2);

		assertThat(prevail(NOW + SECOND / 2)).isTrue();
		assertThat(prevail(NOW + SECOND)).isTrue();
		assertThat(prevail(NOW + 2 * SECOND - 1)).isTrue();
		assertThat(prevail(NOW + 2 * SECOND)).isFalse();
	}

	@Test
	void whenNobodyHasLookedForLongThenOldOnesDoNotCount() {
		this.connections.prevail(0, NOW);
		run(100, 100, 0.01, NOW);

		assertThat(prevail(NOW + 10 * SECOND)).isFalse();
		run(60, 60, 0.01, NOW + 10 * SECOND);
		assertThat(prevail(NOW + 10 * SECOND)).isTrue();
	}

	private boolean prevail(long now) {
		return this.connections.prevail(this.opened, now);
	}

	private void run(int opened, int closed, double seconds, long now) {
		this.opened += opened;
		for (int i = 0; i < closed; i++) {
			this.connections.closed(now - Math.round(seconds * SECOND), now);
		}
	}

}
