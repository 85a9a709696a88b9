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

import org.jspecify.annotations.Nullable;

/**
 * When a worker that is well is replaced all the same. Zero means never.
 *
 * @param maxRequests the number of requests
 * @param maxRequestsJitter the most by which that number is raised
 * @param maxAge the time of service
 * @param maxAgeJitter the most by which that time is raised
 * @param maxRss the resident set in bytes
 */
public record RecyclePolicy(long maxRequests, long maxRequestsJitter, Duration maxAge, Duration maxAgeJitter,
		long maxRss) {

	/**
	 * How many heartbeats in a row have to show a resident set that is too large.
	 */
	static final int RSS_SAMPLES = 5;

	/**
	 * Never recycle.
	 */
	public static final RecyclePolicy NEVER = new RecyclePolicy(0, 0, Duration.ZERO, Duration.ZERO, 0);

	/**
	 * The age at which a worker is recycled.
	 * @param fraction the worker's share of the jitter, from 0 to 1
	 * @return the age, or {@code null} for never
	 */
	@Nullable Duration ageLimit(double fraction) {
		return this.maxAge.isZero() ? null : this.maxAge.plusMillis((long) (this.maxAgeJitter.toMillis() * fraction));
	}

	/**
	 * Whether a worker has served enough.
	 * @param requests the requests it has served
	 * @param fraction the worker's share of the jitter, from 0 to 1
	 * @return {@code true} if so
	 */
	boolean isEnough(long requests, double fraction) {
		return this.maxRequests > 0 && requests >= this.maxRequests + (long) (this.maxRequestsJitter * fraction);
	}

	boolean isTooLarge(long rss) {
		return this.maxRss > 0 && rss > this.maxRss;
	}

}
