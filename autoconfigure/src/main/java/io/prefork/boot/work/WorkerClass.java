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

package io.prefork.boot.work;

/**
 * On which threads a worker handles requests: filters, controllers and functional routes
 * alike.
 */
public enum WorkerClass {

	/**
	 * On event loops, which must not be blocked.
	 */
	EVENT_LOOP,

	/**
	 * One request at a time, each on a connection of its own.
	 */
	SYNC,

	/**
	 * A bounded number of requests at a time, each of which may block.
	 */
	THREADS,

	/**
	 * Any number of requests, each of which may block a virtual thread (JEP 444).
	 */
	VIRTUAL_THREADS;

	@Override
	public String toString() {
		return name().replace('_', '-');
	}

}
