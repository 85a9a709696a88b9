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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.prefork.contract.Scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionBalance} with made-up times.
 */
class ConnectionBalanceTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private static final Duration SLOW_START = Duration.ofSeconds(30);

	private static final int OWN = 1;

	private static final long NOW = 1000 * SECOND;

	private final Scoreboard scoreboard;

	private final ConnectionBalance balance;

	ConnectionBalanceTests(@TempDir Path directory) throws IOException {
		this.scoreboard = Scoreboard.create(directory.resolve("scoreboard"));
		this.scoreboard.limit(3);
		this.balance = new ConnectionBalance(this.scoreboard, OWN);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			0,   0,   0,   false
			1,   0,   0,   false
			2,   0,   0,   true
			2,   0,   2,   true
			2,   1,   2,   false
			20,  18,  30,  false
			21,  18,  30,  true
			99,  93,  93,  false
			100, 93,  92,  true
			10,  200, 200, false
			""")
	void whenWorkerHasClearlyMoreThanAnotherThenThatOneIsBehind(int own, int first, int other, boolean behind) {
		open(OWN, own, NOW);
		open(0, first, NOW);
		open(2, other, NOW);

		assertThat(this.balance.behind(NOW) != 0).isEqualTo(behind);
	}

	@Test
	void whenWorkerThatIsBehindAcceptsThenAnswerChanges() {
		open(OWN, 10, NOW);
		open(0, 0, NOW);
		open(2, 10, NOW);
		long before = this.balance.behind(NOW);

		open(2, 1, NOW);
		assertThat(this.balance.behind(NOW)).isEqualTo(before);
		open(0, 1, NOW);
		assertThat(this.balance.behind(NOW)).isNotZero().isNotEqualTo(before);
	}

	@Test
	void whenTheOthersCannotAcceptThenNobodyIsBehind() {
		open(OWN, 100, NOW);
		open(0, 0, 0);
		open(2, 0, NOW - SECOND);

		assertThat(this.balance.behind(NOW)).isZero();
	}

	@Test
	void whenWorkerIsAloneThenNobodyIsBehind() {
		open(OWN, 100, NOW);
		this.scoreboard.limit(2);

		assertThat(this.balance.behind(NOW)).isZero();
	}

	@Test
	void whenMostConnectionsAreShortThenNobodyIsBehind() {
		open(OWN, 100, NOW);
		open(0, 0, NOW);
		assertThat(this.balance.behind(NOW)).isNotZero();

		for (int i = 0; i < 60; i++) {
			this.balance.closed(NOW - SECOND / 2, NOW);
		}

		assertThat(this.balance.behind(NOW)).isZero();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			0,  0,  0,  3,  true
			1,  0,  0,  2,  false
			1,  0,  0,  5,  true
			20, 0,  0,  43, true
			20, 0,  0,  42, false
			5,  9,  1,  3,  true
			6,  9,  1,  3,  false
			0,  9,  9,  0,  false
			0,  9,  9,  -1, false
			""")
	void whenManyWaitThenWorkerMayHaveItsPartOfThem(int own, int first, int other, int waiting, boolean entitled) {
		open(OWN, own, NOW);
		open(0, first, NOW);
		open(2, other, NOW);

		assertThat(this.balance.isEntitled(waiting, NOW)).isEqualTo(entitled);
	}

	@Test
	void whenWorkerHasJustBegunThenItsPartOfThoseThatWaitIsSmall() {
		open(OWN, 0, NOW);
		open(0, 0, NOW);
		this.scoreboard.line(OWN).begun(NOW - 15 * SECOND, SLOW_START);
		this.scoreboard.line(0).begun(NOW - 60 * SECOND, SLOW_START);

		assertThat(this.balance.isEntitled(2, NOW)).isFalse();
		assertThat(this.balance.isEntitled(3, NOW)).isTrue();
	}

	@Test
	void whenTheOthersCannotAcceptThenAllThatWaitAreThisWorkers() {
		open(OWN, 100, NOW);
		open(0, 0, 0);
		open(2, 0, NOW - SECOND);

		assertThat(this.balance.isEntitled(1, NOW)).isTrue();
		assertThat(this.balance.workers(NOW)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			20, 0,  0,  true
			20, 2,  0,  false
			20, 2,  3,  false
			20, 8,  15, true
			20, 10, 15, false
			20, 17, 30, true
			""")
	void whenOtherHasJustBegunThenItIsBehindItsShareOnly(int own, int other, int seconds, boolean behind) {
		open(OWN, own, NOW);
		open(0, other, NOW);
		this.scoreboard.line(OWN).begun(NOW - 60 * SECOND, SLOW_START);
		this.scoreboard.line(0).begun(NOW - seconds * SECOND, SLOW_START);

		assertThat(this.balance.behind(NOW) != 0).isEqualTo(behind);
	}

	@Test
	void whenWorkerHasJustBegunThenWarmOneWithManyMoreIsBehind() {
		open(OWN, 4, NOW);
		open(0, 20, NOW);
		this.scoreboard.line(OWN).begun(NOW, SLOW_START);
		this.scoreboard.line(0).begun(NOW - 60 * SECOND, SLOW_START);

		assertThat(this.balance.behind(NOW)).isNotZero();
	}

	@Test
	void whenNoWorkerIsWarmThenAllAreAlike() {
		open(OWN, 20, NOW);
		open(0, 18, NOW);
		this.scoreboard.line(OWN).begun(NOW, SLOW_START);
		this.scoreboard.line(0).begun(NOW - 20 * SECOND, SLOW_START);

		assertThat(this.balance.behind(NOW)).isZero();
	}

	private void open(int number, int connections, long seenAt) {
		Scoreboard.Line line = this.scoreboard.line(number);
		for (int i = 0; i < connections; i++) {
			line.opened();
		}
		line.seen(seenAt);
	}

}
