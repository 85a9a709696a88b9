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

package io.prefork.boot;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.WorkerIdentity;

/**
 * Tells whether this process is a worker.
 */
final class ThisWorker {

	private ThisWorker() {
	}

	/**
	 * The identity that the master gave to this process.
	 * @param variables the environment variables
	 * @return the identity, or {@code null} if this process is no worker
	 */
	static @Nullable WorkerIdentity identity(Map<String, String> variables) {
		return WorkerIdentity.from(variables, parent());
	}

	/**
	 * The process that started this one.
	 * @return its id, or 0 if it has none
	 */
	static long parent() {
		return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
	}

}
