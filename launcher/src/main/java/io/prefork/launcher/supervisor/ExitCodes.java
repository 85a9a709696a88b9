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

/**
 * Exit codes of the master.
 */
public final class ExitCodes {

	/**
	 * Stopped on request.
	 */
	public static final int STOPPED = 0;

	/**
	 * Usage or configuration error.
	 */
	public static final int USAGE = 1;

	/**
	 * No worker of the first generation could boot.
	 */
	public static final int BOOT_FAILED = 3;

	/**
	 * A port could not be bound.
	 */
	public static final int BIND_FAILED = 4;

	/**
	 * The master itself failed.
	 */
	public static final int INTERNAL_ERROR = 5;

	/**
	 * No worker was ready for long: given up.
	 */
	public static final int CRASH_LOOP = 70;

	private ExitCodes() {
	}

}
