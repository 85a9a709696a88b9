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
 * The end of a process.
 */
public sealed interface ProcessEnd {

	/**
	 * It exited.
	 *
	 * @param code its exit code
	 */
	record Exited(int code) implements ProcessEnd {

	}

	/**
	 * A signal killed it.
	 *
	 * @param signal the number of the signal, see signal(7)
	 * @param name its name without SIG
	 */
	record Killed(int signal, String name) implements ProcessEnd {

	}

	/**
	 * It never began.
	 *
	 * @param reason what failed and what to do
	 */
	record NotStarted(String reason) implements ProcessEnd {

	}

}
