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
 * What can happen to a worker.
 */
enum Trigger {

	/**
	 * The worker said that it serves.
	 */
	READY,

	/**
	 * The worker said that it would serve, and is a spare.
	 */
	BOOTED,

	/**
	 * The spare gets a slot.
	 */
	PROMOTE,

	/**
	 * Every event loop of the worker runs again.
	 */
	RECOVER,

	/**
	 * Another worker has taken the place, or nobody has to.
	 */
	REPLACE,

	/**
	 * The worker drains on its own account, or its control connection has ended.
	 */
	LEAVE,

	/**
	 * The master stops gracefully.
	 */
	STOP,

	/**
	 * The master stops quickly.
	 */
	QUICK_STOP,

	/**
	 * The worker stayed in its state, or was silent, for longer than that state allows.
	 */
	OVERDUE,

	/**
	 * The process has ended.
	 */
	EXIT

}
