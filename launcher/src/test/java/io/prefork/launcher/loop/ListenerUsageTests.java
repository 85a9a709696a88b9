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

package io.prefork.launcher.loop;

import org.junit.jupiter.api.Test;

import io.prefork.launcher.edge.TcpAddress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ListenerUsage}.
 */
class ListenerUsageTests {

	private static final TcpAddress FIRST = new TcpAddress("0.0.0.0", 8080, 0);

	private static final TcpAddress SECOND = new TcpAddress("0.0.0.0", 8081, 0);

	private final ListenerUsage asked = new ListenerUsage();

	@Test
	void whenReloadSucceedsThenOnlyWhatTheNewGenerationAskedForIsNeeded() {
		this.asked.add(1, FIRST);
		this.asked.add(2, SECOND);

		this.asked.reloaded(2, true);

		assertThat(this.asked.needed()).containsExactly(SECOND);
	}

	@Test
	void whenReloadFailsThenOnlyWhatTheOldGenerationAskedForIsNeeded() {
		this.asked.add(1, FIRST);
		this.asked.add(2, SECOND);

		this.asked.reloaded(2, false);

		assertThat(this.asked.needed()).containsExactly(FIRST);
	}

	@Test
	void whenGenerationHasNotAskedYetThenNothingIsKnown() {
		assertThat(this.asked.needed()).isEmpty();
	}

}
