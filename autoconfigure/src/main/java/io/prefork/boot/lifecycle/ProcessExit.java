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

package io.prefork.boot.lifecycle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The ways in which a worker ends itself.
 */
class ProcessExit {

	/**
	 * Exit by way of the shutdown hooks, on a thread of its own since exiting takes as
	 * long as the drain.
	 */
	void begin() {
		new Thread(() -> Runtime.getRuntime().exit(0), "prefork-exit").start();
	}

	/**
	 * Exit without the shutdown hooks if the process is still there after a while.
	 * @param limit the while
	 */
	void forceAfter(Duration limit) {
		CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
			.execute(() -> Runtime.getRuntime().halt(1));
	}

}
