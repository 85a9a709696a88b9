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

package io.prefork.sample;

import java.util.concurrent.CountDownLatch;

/**
 * Two threads that wait for each other for ever.
 */
final class Deadlock {

	private final Object left = new Object();

	private final Object right = new Object();

	private final CountDownLatch bothHoldOne = new CountDownLatch(2);

	/**
	 * Lock up the calling thread and one more.
	 */
	void enter() {
		Thread other = new Thread(() -> lockBoth(this.right, this.left), "deadlock");
		other.setDaemon(true);
		other.start();
		lockBoth(this.left, this.right);
	}

	private void lockBoth(Object first, Object second) {
		synchronized (first) {
			this.bothHoldOne.countDown();
			awaitBoth();
			synchronized (second) {
				throw new IllegalStateException("Got away from the deadlock");
			}
		}
	}

	private void awaitBoth() {
		try {
			this.bothHoldOne.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
