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

package io.prefork.launcher.edge;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A process that is no worker of this master.
 */
public interface OtherProcess {

	/**
	 * Its process id.
	 * @return the id
	 */
	long pid();

	/**
	 * Whether it has not ended.
	 * @return {@code true} if it lives
	 */
	boolean isAlive();

	/**
	 * Wait for its end.
	 * @return completes when it has ended, on any thread
	 */
	CompletableFuture<?> onExit();

	/**
	 * Send SIGKILL unless it ends in time.
	 * @param limit the time
	 * @return completes when it has ended, on any thread
	 */
	CompletableFuture<?> endWithin(Duration limit);

}
