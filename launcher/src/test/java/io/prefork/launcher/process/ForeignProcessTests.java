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

package io.prefork.launcher.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ForeignProcess}.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ForeignProcessTests {

	private final Process child = new ProcessBuilder("sleep", "300").start();

	private final String start = Objects.requireNonNull(ForeignProcess.startOf(this.child.pid()));

	ForeignProcessTests() throws IOException {
	}

	@AfterEach
	void kill() {
		this.child.destroyForcibly();
	}

	@Test
	void whenProcessRunsThenItIsFound() {
		ForeignProcess process = find(this.start);

		assertThat(process.pid()).isEqualTo(this.child.pid());
		assertThat(process.isAlive()).isTrue();
	}

	@Test
	void whenItIsLookedAtAgainThenTheStartIsTheSame() {
		assertThat(ForeignProcess.startOf(this.child.pid())).isEqualTo(this.start).matches("\\d+@[-0-9a-f]{36}");
	}

	@Test
	void whenProcessIdIsUsedAgainThenItIsNotFound() {
		assertThat(ForeignProcess.find(this.child.pid(), "1@" + this.start)).isNull();
	}

	@Test
	void whenProcessHasEndedThenItIsNotFound() throws InterruptedException {
		this.child.destroyForcibly().waitFor();

		assertThat(ForeignProcess.find(this.child.pid(), this.start)).isNull();
	}

	@Test
	void whenTimeIsOverThenTheProcessIsKilled() {
		find(this.start).endWithin(Duration.ZERO).join();

		assertThat(this.child.isAlive()).isFalse();
	}

	@Test
	void whenProcessEndsInTimeThenNothingIsKilled() throws InterruptedException {
		var ended = find(this.start).endWithin(Duration.ofSeconds(20));

		this.child.destroy();
		ended.join();

		assertThat(this.child.waitFor()).isEqualTo(128 + 15);
	}

	private ForeignProcess find(String start) {
		return Objects.requireNonNull(ForeignProcess.find(this.child.pid(), start));
	}

}
