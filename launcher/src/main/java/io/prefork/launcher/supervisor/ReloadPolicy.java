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

import java.time.Duration;

/**
 * How a new generation takes over.
 *
 * @param canary how long its first worker has to serve well; zero for no canary
 * @param maxErrorRate the share of 5xx among the canary's answers that is allowed
 * @param timeout how long the reload may take
 */
public record ReloadPolicy(Duration canary, double maxErrorRate, Duration timeout) {

	/**
	 * How many answers it takes to give the canary up before its time is over.
	 */
	static final int ENOUGH_ANSWERS = 20;

}
