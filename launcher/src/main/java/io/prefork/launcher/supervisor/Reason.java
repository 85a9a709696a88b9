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

import java.util.Locale;

/**
 * Why a worker left.
 */
public enum Reason {

	/**
	 * It ended without being asked to.
	 */
	CRASH,

	/**
	 * It ran out of memory.
	 */
	OOM,

	/**
	 * One of its event loops, or the whole process, was silent for too long.
	 */
	HANG,

	/**
	 * It ended before it was ready.
	 */
	BOOT_FAILURE,

	/**
	 * It was not ready in time.
	 */
	BOOT_TIMEOUT,

	/**
	 * It had served as many requests as a worker may.
	 */
	MAX_REQUESTS,

	/**
	 * It had served for as long as a worker may.
	 */
	MAX_AGE,

	/**
	 * It had grown larger than a worker may be.
	 */
	MAX_RSS,

	/**
	 * Another generation took its place.
	 */
	RELOAD,

	/**
	 * There were more workers than wanted.
	 */
	SCALE,

	/**
	 * Somebody asked for its replacement.
	 */
	RECYCLE,

	/**
	 * The service stopped.
	 */
	STOP,

	/**
	 * It drained on its own account, for instance because somebody sent it SIGTERM.
	 */
	LEFT;

	/**
	 * Whether another worker was to take the place of the one that left.
	 * @return {@code true} for planned replacements
	 */
	boolean isReplacement() {
		return switch (this) {
			case MAX_REQUESTS, MAX_AGE, MAX_RSS, RELOAD, RECYCLE -> true;
			default -> false;
		};
	}

	/**
	 * The name in logs and metrics.
	 * @return the name in lower case, with hyphens
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
