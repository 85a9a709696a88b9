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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.prefork.contract.Scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AcceptBackoff} on an event loop whose time is made up.
 */
class AcceptBackoffTests {

	private static final int STEP_MICROS = 100;

	private final EmbeddedChannel listener = new EmbeddedChannel();

	private final AcceptGate gate = new AcceptGate();

	private final Scoreboard.Line own;

	private final Scoreboard.Line other;

	private final ConnectionBalance balance;

	private AcceptBackoff stepAside;

	private int waiting;

	AcceptBackoffTests(@TempDir Path directory) throws IOException {
		Scoreboard scoreboard = Scoreboard.create(directory.resolve("scoreboard"));
		scoreboard.limit(2);
		this.own = scoreboard.line(0);
		this.other = scoreboard.line(1);
		this.balance = new ConnectionBalance(scoreboard, 0);
		this.stepAside = new AcceptBackoff(this.listener, this.gate, this.balance);
	}

	@BeforeEach
	void open() {
		this.other.seen(System.nanoTime() + Duration.ofHours(1).toNanos());
		this.listener.freezeTime();
		this.gate.open();
	}

	@Test
	void whenNobodyIsBehindThenListenerGoesOn() {
		accept(1);

		assertThat(reads()).isTrue();
	}

	@Test
	void whenAnotherIsBehindThenListenerRestsUntilItHasCaughtUp() {
		accept(3);
		assertThat(reads()).isFalse();

		this.other.opened();
		this.other.opened();
		advance(0.9);
		assertThat(reads()).isFalse();
		advance(0.1);
		assertThat(reads()).isTrue();
	}

	@Test
	void whenAnotherAcceptsThenListenerRestsAsLongAsThatOneIsBehind() {
		accept(100);

		for (int i = 0; i < 90; i++) {
			this.other.opened();
			advance(4.5);
			assertThat(reads()).isFalse();
		}
	}

	@Test
	void whenNobodyTakesTheConnectionsThenMoreAndMoreAreAccepted() {
		accept(10);
		List<Integer> helpings = new ArrayList<>();

		for (int i = 0; i < 7; i++) {
			helpings.add(acceptWhileReading());
		}

		assertThat(helpings).containsExactly(1, 2, 4, 8, 16, 16, 16);
	}

	@Test
	void whenAnotherBeginsToTakeConnectionsThenListenerIsPatientAgain() {
		accept(10);
		acceptWhileReading();
		acceptWhileReading();

		this.other.opened();
		advance(1);

		assertThat(millisUntilReading()).isBetween(4.9, 5.1);
		assertThat(acceptWhileReading()).isEqualTo(1);
	}

	@Test
	void whenNoConnectionWaitsThenListenerLooksMoreAndMoreSeldom() {
		accept(10);
		List<Long> rests = new ArrayList<>();

		for (int i = 0; i < 9; i++) {
			rests.add(Math.round(millisUntilReading()));
			advance(0.1);
			assertThat(reads()).isFalse();
		}

		assertThat(rests).containsExactly(5L, 2L, 4L, 8L, 16L, 32L, 64L, 64L, 64L);
	}

	@Test
	void whenConnectionsWaitThenListenerTakesThemHoweverMuchTheOtherAccepts() {
		tellQueue();
		accept(100);
		this.waiting = 10;

		for (int i = 0; i < 4; i++) {
			this.other.opened();
			advance(1);
			assertThat(reads()).isFalse();
		}
		advance(3);
		assertThat(reads()).isTrue();
		assertThat(acceptWhileReading()).isEqualTo(6);
	}

	@Test
	void whenMoreConnectionsWaitThenHalfOfThemIsLeftToTheOtherForATurn() {
		tellQueue();
		accept(100);
		this.waiting = 64;
		advance(10);
		List<Integer> helpings = new ArrayList<>();

		for (int i = 0; i < 4; i++) {
			int accepted = acceptWhileReading();
			helpings.add(accepted);
			this.waiting -= accepted;
			advance(1);
		}

		assertThat(helpings).containsExactly(33, 16, 8, 4);
	}

	@Test
	void whenManyComeAtOnceThenListenerTakesItsPartAtOnceAndRests() {
		tellQueue();
		this.waiting = 64;
		int accepted = 0;

		while (reads()) {
			this.waiting--;
			accept(1);
			accepted++;
		}

		assertThat(accepted).isEqualTo(32);
	}

	@Test
	void whenTheOtherTakesWhatWaitsThenListenerRests() {
		tellQueue();
		accept(1000);
		this.waiting = 3;

		for (int i = 0; i < 100; i++) {
			for (int connections = 0; connections < 3; connections++) {
				this.other.opened();
			}
			advance(1);
			assertThat(reads()).isFalse();
		}
	}

	@Test
	void whenNobodyHasWaitedForLongThenListenerNoticesTheNextOneNevertheless() {
		tellQueue();
		accept(10);
		advance(1000);
		assertThat(reads()).isFalse();

		this.waiting = 1;

		assertThat(millisUntilReading()).isLessThan(75);
	}

	@Test
	void whenWorkerLeavesWithItsCountThenTheQueueIsLookedAtAnew() {
		tellQueue();
		for (int i = 0; i < 50; i++) {
			this.other.opened();
		}
		accept(100);
		this.waiting = 10;
		advance(4);

		this.other.clear();
		this.other.seen(System.nanoTime() + Duration.ofHours(1).toNanos());

		assertThat(millisUntilReading()).isBetween(4.9, 7.1);
	}

	@Test
	void whenTheOtherCannotAcceptAnyMoreThenListenerGoesOn() {
		accept(10);

		this.other.seen(0);
		advance(1);

		assertThat(reads()).isTrue();
	}

	@Test
	void whenGateIsShutThenListenerStaysOff() {
		accept(10);

		this.gate.shut(Duration.ZERO);
		this.other.seen(0);
		advance(500);

		assertThat(reads()).isFalse();
	}

	@Test
	void whenSomebodyElseMakesListenerRestThenItStaysOff() {
		accept(10);

		this.stepAside.cancel();
		this.other.seen(0);
		advance(500);

		assertThat(reads()).isFalse();
	}

	private void tellQueue() {
		this.stepAside = new AcceptBackoff(this.listener, this.gate, this.balance,
				new AcceptQueue(() -> this.waiting, this.balance));
	}

	private void accept(int connections) {
		for (int i = 0; i < connections; i++) {
			this.own.opened();
			this.stepAside.accepted();
		}
	}

	private int acceptWhileReading() {
		millisUntilReading();
		int accepted = 0;
		while (reads()) {
			accept(1);
			accepted++;
		}
		advance(0.1);
		return accepted;
	}

	private double millisUntilReading() {
		for (int steps = 0; steps < 1000; steps++) {
			if (reads()) {
				return steps * STEP_MICROS / 1000.0;
			}
			advance(STEP_MICROS / 1000.0);
		}
		throw new AssertionError("The listener rests for ever");
	}

	private boolean reads() {
		return this.listener.config().isAutoRead();
	}

	private void advance(double millis) {
		for (long steps = Math.round(millis * 1000 / STEP_MICROS); steps > 0; steps--) {
			this.listener.advanceTimeBy(STEP_MICROS, TimeUnit.MICROSECONDS);
			this.listener.runScheduledPendingTasks();
		}
	}

}
