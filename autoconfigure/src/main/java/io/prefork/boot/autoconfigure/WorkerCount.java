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

package io.prefork.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * A number of workers, or "auto".
 *
 * @param number the number; {@code null} for "auto"
 */
public record WorkerCount(@Nullable Integer number) {

	/**
	 * As many as the machine has room for.
	 */
	public static final WorkerCount AUTO = new WorkerCount(null);

	static final String REQUIREMENT = "must be 'auto' or a whole number of at least 1";

	private static final String AUTO_VALUE = "auto";

	/**
	 * Create a count; a number in YAML comes here directly.
	 */
	public WorkerCount {
		if (number != null && number < 1) {
			throw new IllegalArgumentException(REQUIREMENT);
		}
	}

	/**
	 * Read a property value.
	 * @param value the value
	 * @return the count
	 * @throws IllegalArgumentException if the value is neither "auto" nor a whole number
	 * of at least 1
	 */
	public static WorkerCount of(String value) {
		if (AUTO_VALUE.equalsIgnoreCase(value.strip())) {
			return AUTO;
		}
		try {
			return new WorkerCount(Integer.valueOf(value.strip()));
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(REQUIREMENT, ex);
		}
	}

	@Override
	public String toString() {
		return (this.number != null) ? this.number.toString() : AUTO_VALUE;
	}

}
