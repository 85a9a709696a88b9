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

package io.prefork.launcher.distribution;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.Scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link ScoreboardSlots}.
 */
class ScoreboardSlotsTests {

	private final ScoreboardSlots slots;

	ScoreboardSlotsTests(@TempDir Path directory) throws IOException {
		this.slots = new ScoreboardSlots(Scoreboard.create(directory.resolve("scoreboard")));
	}

	@Test
	void whenWorkerHasEndedThenItsLineIsGivenToAnotherOneEmpty() throws IOException {
		int number = this.slots.take();
		assertThat(this.slots.take()).isNotEqualTo(number);
		this.slots.line(number).opened();
		this.slots.release(number);

		assertThat(this.slots.take()).isEqualTo(number);
		assertThat(this.slots.line(number).connections()).isZero();
	}

	@Test
	void whenThereAreTooManyWorkersThenItFails() throws IOException {
		for (int i = 0; i < Scoreboard.LINES; i++) {
			this.slots.take();
		}

		assertThatIOException().isThrownBy(this.slots::take).withMessageContaining("1024 workers");
	}

}
