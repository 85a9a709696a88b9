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

package io.prefork.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Scoreboard}.
 */
class ScoreboardTests {

	private final Path file;

	ScoreboardTests(@TempDir Path directory) {
		this.file = directory.resolve("scoreboard");
	}

	@Test
	void whenWorkerWritesThenMasterReadsItsLineAndNoOther() throws IOException {
		Scoreboard master = Scoreboard.create(this.file);
		Scoreboard.Line line = Scoreboard.open(this.file).line(Scoreboard.LINES - 1);
		line.opened();
		line.opened();
		line.closed();
		line.seen(7);

		assertThat(master.line(Scoreboard.LINES - 1).connections()).isEqualTo(1);
		assertThat(master.line(Scoreboard.LINES - 1).closedConnections()).isEqualTo(1);
		assertThat(master.line(Scoreboard.LINES - 1).seenAt()).isEqualTo(7);
		assertThat(master.line(Scoreboard.LINES - 2).connections()).isZero();
		assertThat(master.line(0).seenAt()).isZero();
	}

	@Test
	void whenLineIsClearedThenWorkerStartsFromZero() throws IOException {
		Scoreboard master = Scoreboard.create(this.file);
		Scoreboard.Line line = Scoreboard.open(this.file).line(3);
		line.opened();
		line.closed();
		line.seen(7);
		master.line(3).clear();

		assertThat(line.connections()).isZero();
		assertThat(line.closedConnections()).isZero();
		assertThat(line.seenAt()).isZero();
	}

	@Test
	void whenWorkerHasBegunThenItsShareGrowsUntilItIsWarm() throws IOException {
		Scoreboard.Line line = Scoreboard.create(this.file).line(3);
		assertThat(line.share(7)).isEqualTo(0.1);

		line.begun(1000, Duration.ofNanos(100));
		assertThat(LongStream.of(1000, 1010, 1020, 1075, 1099, 1100, 9000).mapToDouble(line::share))
			.containsExactly(0.1, 0.1, 0.2, 0.75, 0.99, 1.0, 1.0);

		line.begun(1000, Duration.ZERO);
		assertThat(line.share(1000)).isEqualTo(1);

		line.clear();
		assertThat(line.share(2000)).isEqualTo(0.1);
	}

	@Test
	void whenThereIsNoSuchLineThenItFails() throws IOException {
		Scoreboard scoreboard = Scoreboard.create(this.file);

		assertThatIllegalArgumentException().isThrownBy(() -> scoreboard.line(Scoreboard.LINES));
		assertThatIllegalArgumentException().isThrownBy(() -> scoreboard.line(-1));
	}

	@Test
	void whenMasterStartsAgainThenFileIsEmpty() throws IOException {
		Scoreboard.create(this.file).line(0).opened();

		assertThat(Scoreboard.create(this.file).line(0).connections()).isZero();
		assertThat(Files.size(this.file)).isEqualTo((Scoreboard.LINES + 1) * 64L);
	}

}
