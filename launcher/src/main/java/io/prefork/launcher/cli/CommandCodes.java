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

package io.prefork.launcher.cli;

/**
 * The exit codes of commands that operate a service. Those of {@code run} are the
 * master's.
 */
final class CommandCodes {

	/**
	 * It is done.
	 */
	static final int DONE = 0;

	/**
	 * The command line is wrong, there is no such master, or it does not do that now.
	 */
	static final int REFUSED = 1;

	/**
	 * It was begun, and undone: the service is what it was before.
	 */
	static final int ROLLED_BACK = 2;

	/**
	 * There is something to mend.
	 */
	static final int WARNED = 2;

	/**
	 * The master was lost meanwhile.
	 */
	static final int LOST = 5;

	/**
	 * It was interrupted, as shells have it for SIGINT: 128 + 2.
	 */
	static final int INTERRUPTED = 130;

	private CommandCodes() {
	}

}
