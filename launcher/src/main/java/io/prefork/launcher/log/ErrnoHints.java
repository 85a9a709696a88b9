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

package io.prefork.launcher.log;

import java.io.IOException;

/**
 * What to do about failures of the operating system.
 */
public final class ErrnoHints {

	private ErrnoHints() {
	}

	public static String explain(IOException failure) {
		String message = String.valueOf(failure.getMessage());
		if (message.contains("error=24")) {
			return message + "; the master has too few file descriptors: raise the limit (ulimit -n)";
		}
		if (message.contains("error=11")) {
			return message
					+ "; too many processes or threads: raise the limit (ulimit -u, or the container's pids limit)";
		}
		if (message.contains("error=12")) {
			return message + "; too little memory: lower prefork.workers, or the heap of each worker";
		}
		return message;
	}

}
