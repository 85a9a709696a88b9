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

package io.prefork.launcher.sizing;

/**
 * Divides the machine's memory among the heaps of workers. A JVM on its own takes a
 * quarter of it, which is too much from the fourth one on.
 *
 * @param heap the largest heap of one worker in bytes; 0 to leave it to the JVM
 * @param fits whether there is room for all of them
 */
public record HeapShare(long heap, boolean fits) {

	/**
	 * What a worker needs besides its heap: metaspace, code cache, threads and direct
	 * memory of a typical application.
	 */
	public static final long BESIDES = 220L << 20;

	static final long SMALLEST = 64L << 20;

	private static final int DEFAULT_SHARE = 4;

	/**
	 * Divide the memory.
	 * @param machine the memory of the machine, in bytes
	 * @param memory the memory of the service, in bytes
	 * @param processes how many workers there may be at once: those in slots, spares, and
	 * those that planned work adds for a while
	 * @return the share of one worker
	 */
	public static HeapShare of(long machine, long memory, int processes) {
		long heap = WorkerCount.forWorkers(memory) / processes - BESIDES;
		if (heap >= machine / DEFAULT_SHARE) {
			return new HeapShare(0, true);
		}
		return new HeapShare(Math.max(heap, SMALLEST), heap >= SMALLEST);
	}

}
