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

package io.prefork.boot.liveness;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ThreadDump}.
 */
class ThreadDumpTests {

	@Test
	void whenThreadsRunThenTheyAreThereWithTheirStacks() {
		String dump = ThreadDump.take();

		assertThat(dump)
			.contains("\"" + Thread.currentThread().getName() + "\" #" + Thread.currentThread().getId() + " RUNNABLE",
					"io.prefork.boot.liveness.ThreadDumpTests.when")
			.doesNotContain("DEADLOCK");
	}

	@Test
	void whenThreadsWaitForEachOtherThenTheDumpNamesThemFirst() throws Exception {
		Lock left = new ReentrantLock();
		Lock right = new ReentrantLock();
		CountDownLatch held = new CountDownLatch(2);
		Thread first = holder("first-of-deadlock", left, right, held);
		Thread second = holder("second-of-deadlock", right, left, held);

		await().until(() -> ThreadDump.take().contains("DEADLOCK"));

		assertThat(ThreadDump.take().lines().findFirst())
			.hasValueSatisfying((line) -> assertThat(line).startsWith("DEADLOCK between ")
				.contains("first-of-deadlock", "second-of-deadlock"));
		assertThat(ThreadDump.take()).contains("held by \"first-of-deadlock\"", "held by \"second-of-deadlock\"");
		first.interrupt();
		second.interrupt();
		first.join();
		second.join();
	}

	private static Thread holder(String name, Lock own, Lock other, CountDownLatch held) {
		Thread thread = new Thread(() -> {
			own.lock();
			try {
				held.countDown();
				held.await(5, TimeUnit.SECONDS);
				other.lockInterruptibly();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				own.unlock();
			}
		}, name);
		thread.start();
		return thread;
	}

}
