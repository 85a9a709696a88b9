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

package io.prefork.status;

import org.jspecify.annotations.Nullable;

/**
 * A worker, or a slot that has none.
 *
 * @param slot the number of its slot, or of its seat if it is a spare
 * @param state what it does; {@value #VACANT} where there is no process
 * @param process its process; {@code null} if there is none
 * @param load what it said about its work last; {@code null} if it said nothing
 * @param stall the last time that one of its event loops was blocked; {@code null} if
 * none was, or nobody asked for that
 * @param restarts the workers that this slot has lost
 */
public record WorkerStatus(int slot, String state, @Nullable ProcessStatus process, @Nullable LoadStatus load,
		@Nullable StallStatus stall, RestartStatus restarts) {

	/**
	 * The state of a slot that has no process.
	 */
	public static final String VACANT = "vacant";

}
