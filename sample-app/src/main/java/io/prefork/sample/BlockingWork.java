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

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work that blocks its thread, as a call to a database with JDBC does, and what became of
 * it in this process.
 */
final class BlockingWork {

	private static final int MAX_MILLIS = 3_600_000;

	private final AtomicInteger active = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	private final AtomicInteger interrupted = new AtomicInteger();

	/**
	 * Block the thread.
	 * @param ms how long, in milliseconds
	 * @return the name of the thread
	 * @throws IllegalStateException if the thread is interrupted
	 */
	String block(int ms) {
		Parameters.checkRange("ms", ms, 0, MAX_MILLIS);
		this.most.accumulateAndGet(this.active.incrementAndGet(), Math::max);
		try {
			Thread.sleep(ms);
			return Thread.currentThread().getName();
		}
		catch (InterruptedException ex) {
			this.interrupted.incrementAndGet();
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
		finally {
			this.active.decrementAndGet();
		}
	}

	/**
	 * What became of it.
	 * @return how many threads were blocked at once at most, and how many were
	 * interrupted
	 */
	String report() {
		return "most=%d interrupted=%d".formatted(this.most.get(), this.interrupted.get());
	}

}
