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
			.contains("\"" + Thread.currentThread().getName() + "\" #", "java.lang.Thread.State: RUNNABLE",
					"io.prefork.boot.liveness.ThreadDumpTests.when")
			.doesNotContain("Found one Java-level deadlock");
	}

	@Test
	void whenThreadsWaitForEachOtherThenTheDumpNamesThem() throws Exception {
		Lock left = new ReentrantLock();
		Lock right = new ReentrantLock();
		CountDownLatch held = new CountDownLatch(2);
		Thread first = holder("first-of-deadlock", left, right, held);
		Thread second = holder("second-of-deadlock", right, left, held);

		await().until(() -> ThreadDump.take().contains("Found one Java-level deadlock"));

		assertThat(ThreadDump.take()).containsPattern("which is held by \"(first|second)-of-deadlock\"");
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
