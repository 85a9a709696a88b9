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

package io.prefork.launcher.supervisor;

import java.time.Duration;

/**
 * What a worker said about itself in a heartbeat.
 *
 * @param lag the longest time that a task of an event loop had to wait
 * @param requests requests since the start of the process
 * @param errors answers with a status of 500 or more since the start of the process
 * @param active requests in progress
 * @param connections open connections
 * @param heap the used heap in bytes
 * @param rss the resident set in bytes
 */
public record Vitals(Duration lag, long requests, long errors, int active, int connections, long heap, long rss) {

	/**
	 * The vitals of a worker that has not said anything yet.
	 */
	static final Vitals NONE = new Vitals(Duration.ZERO, 0, 0, 0, 0, 0, 0);

	long answers() {
		return Math.max(0, this.requests - this.active);
	}

	/**
	 * Whether too many answers are errors.
	 * @param maxErrorRate the share that is allowed
	 * @param atLeast how many answers it takes to tell
	 * @return {@code true} if so
	 */
	boolean fails(double maxErrorRate, int atLeast) {
		return answers() >= atLeast && this.errors > maxErrorRate * answers();
	}

}
