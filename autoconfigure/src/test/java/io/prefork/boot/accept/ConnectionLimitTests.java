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

import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionLimit}.
 */
class ConnectionLimitTests {

	private final AcceptGate gate = new AcceptGate();

	@Test
	void whenThereAreAsManyConnectionsAsThereMayBeThenTheGateIsFullUntilOneCloses() {
		ConnectionLimit limit = new ConnectionLimit(2, this.gate);

		limit.opened();
		assertThat(this.gate.isFull()).isFalse();
		limit.opened();
		assertThat(this.gate.isFull()).isTrue();
		limit.opened();
		limit.closed();
		assertThat(this.gate.isFull()).isTrue();
		limit.closed();
		assertThat(this.gate.isFull()).isFalse();
	}

	@Test
	void whenThereIsNoLimitThenTheGateIsNeverFull() {
		ConnectionLimit limit = new ConnectionLimit(0, this.gate);

		limit.opened();
		limit.closed();
		limit.opened();

		assertThat(this.gate.isFull()).isFalse();
	}

	@Test
	void whenConnectionsComeAndGoOnManyLoopsThenTheGateEndsAsTheNumberSays() throws Exception {
		ConnectionLimit limit = new ConnectionLimit(3, this.gate);
		limit.opened();
		limit.opened();
		CountDownLatch start = new CountDownLatch(1);
		var threads = Stream.generate(() -> new Thread(() -> {
			awaitStart(start);
			for (int i = 0; i < 20_000; i++) {
				limit.opened();
				limit.closed();
			}
		})).limit(4).toList();
		threads.forEach(Thread::start);

		start.countDown();
		for (Thread thread : threads) {
			thread.join();
		}

		assertThat(this.gate.isFull()).isFalse();
		limit.opened();
		assertThat(this.gate.isFull()).isTrue();
	}

	private static void awaitStart(CountDownLatch start) {
		try {
			start.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
