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
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.launcher.supervisor.WorkerId;
import io.prefork.protocol.Scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link WorkerLines}.
 */
class WorkerLinesTests {

	private static final WorkerId FIRST = new WorkerId(0, 1);

	private static final WorkerId SECOND = new WorkerId(1, 1);

	private final WorkerLines lines;

	WorkerLinesTests(@TempDir Path directory) throws IOException {
		this.lines = new WorkerLines(Scoreboard.create(directory.resolve("scoreboard")));
	}

	@Test
	void whenWorkerHasEndedThenItsLineIsGivenToAnotherOneEmpty() throws IOException {
		int number = this.lines.assign(FIRST);
		assertThat(this.lines.assign(SECOND)).isNotEqualTo(number);
		Objects.requireNonNull(this.lines.find(FIRST)).opened();
		this.lines.release(FIRST);

		assertThat(this.lines.find(FIRST)).isNull();
		assertThat(this.lines.assign(new WorkerId(0, 2))).isEqualTo(number);
		assertThat(Objects.requireNonNull(this.lines.find(new WorkerId(0, 2))).connections()).isZero();
	}

	@Test
	void whenThereAreTooManyWorkersThenItFails() throws IOException {
		for (int slot = 0; slot < Scoreboard.LINES; slot++) {
			this.lines.assign(new WorkerId(slot, 1));
		}

		assertThatIOException().isThrownBy(() -> this.lines.assign(new WorkerId(Scoreboard.LINES, 1)))
			.withMessageContaining("1024 workers");
	}

}
