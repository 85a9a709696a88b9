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

package io.prefork.launcher.top;

import java.time.Duration;
import java.util.List;

import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

import io.prefork.launcher.operator.Services;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TopView} and {@link TopKeys}.
 */
class TopViewTests {

	private final TopState state = new TopState(Services.of(Services.worker(0, Services.NOW, 10_000, Duration.ZERO),
			Services.worker(1, Services.NOW, 0, Duration.ZERO)), Services.NOW);

	@Test
	void whenScreenHas80ColumnsThenEverythingIsOnIt() {
		this.state.update(
				Services.of(Services.worker(0, Services.NOW.plusSeconds(1), 22_340, Duration.ofMillis(900)),
						Services.worker(1, Services.NOW.plusSeconds(1), 10, Duration.ofMillis(100))),
				Services.NOW.plusSeconds(1));
		this.state.choose(1);

		List<String> lines = lines(24, 80);

		assertThat(lines).hasSize(24).allMatch((line) -> line.length() < 80);
		assertThat(lines.subList(0, 6)).containsExactly(
				"prefork  pid 4000  running  up 1h0m  generation 3  2 of 2 ready",
				"req/s 12,350 \u2588  5xx/s 1,235  active 14  waiting 5  cpu 1.00", "",
				"  SLOT STATE  PID GEN   UP  REQ/S 5XX/S ACT CONNS LAG CPU%  MEM RST",
				"  0*   ready 4711   3 1h0m 12,340 1,234   7    64 2ms   90 249M   1",
				"> 1    ready 4712   3 1h0m     10     1   7    64 2ms   10 249M   1");
		assertThat(lines.get(7)).endsWith("worker=0 gen=3 ready");
		assertThat(lines.get(23)).isEqualTo(TopKeys.HELP);
	}

	@Test
	void whenColoursAreNotWantedThenThereAreNone() {
		assertThat(new TopView(this.state, 24, 80, true).lines().get(4).toAnsi()).contains("\u001B[32m");
		assertThat(new TopView(this.state, 24, 80, false).lines().get(4).toAnsi()).doesNotContain("\u001B[3");
	}

	@Test
	void whenScreenIsSmallThenItIsCut() {
		assertThat(lines(5, 20)).hasSize(5).allMatch((line) -> line.length() < 20);
		assertThat(lines(2, 1)).hasSize(2);
		assertThat(lines(1, 1)).hasSize(2);
	}

	@Test
	void whenKeyChangesTheServiceThenItIsAskedForOnceMore() {
		TopKeys.press('j', this.state);
		assertThat(TopKeys.press('r', this.state)).isNull();
		assertThat(lines(24, 80).get(22)).isEqualTo("recycle the worker of slot 1? (y/n)");

		assertThat(TopKeys.press('n', this.state)).isNull();
		assertThat(lines(24, 80).get(22)).isEqualTo("not done");
		assertThat(TopKeys.press('y', this.state)).isNull();

		TopKeys.press('+', this.state);
		assertThat(lines(24, 80).get(22)).isEqualTo("scale to 3 workers? (y/n)");
		assertThat(TopKeys.press('y', this.state)).isNotNull();
		TopKeys.press('-', this.state);
		assertThat(lines(24, 80).get(22)).isEqualTo("scale to 1 worker? (y/n)");
		TopKeys.press('n', this.state);
		TopKeys.press('l', this.state);
		assertThat(lines(24, 80).get(22)).isEqualTo("reload? (y/n)");
	}

	@Test
	void whenSlotIsChosenThenItIsOneThatIsThere() {
		TopKeys.press('k', this.state);
		assertThat(this.state.chosen()).isZero();
		TopKeys.press('j', this.state);
		TopKeys.press('j', this.state);
		assertThat(this.state.chosen()).isOne();
		this.state.update(Services.of(Services.worker(0, Services.NOW, 0, Duration.ZERO)), Services.NOW);
		assertThat(this.state.chosen()).isZero();
	}

	private List<String> lines(int rows, int columns) {
		return new TopView(this.state, rows, columns, true).lines().stream().map(AttributedString::toString).toList();
	}

}
