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

import java.time.Duration;

/**
 * The reloads that a master has ended.
 *
 * @param succeeded how many of them serve or have served
 * @param rolledBack how many were rolled back
 * @param took how long all of them took together
 */
public record ReloadTotals(int succeeded, int rolledBack, Duration took) {

	/**
	 * No reload yet.
	 */
	public static final ReloadTotals NONE = new ReloadTotals(0, 0, Duration.ZERO);

	/**
	 * Count one more.
	 * @param success whether it succeeded
	 * @param duration how long it took
	 * @return the totals with it
	 */
	public ReloadTotals plus(boolean success, Duration duration) {
		return new ReloadTotals(this.succeeded + (success ? 1 : 0), this.rolledBack + (success ? 0 : 1),
				this.took.plus(duration));
	}

}
