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

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A property has a value that prefork can't work with.
 */
class InvalidPreforkPropertyException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String property;

	private final String value;

	private final @Nullable String origin;

	private final String reason;

	InvalidPreforkPropertyException(String property, String value, @Nullable String origin, String reason,
			@Nullable Throwable cause) {
		super("%s=%s: %s".formatted(property, value, reason), cause);
		this.property = property;
		this.value = value;
		this.origin = origin;
		this.reason = reason;
	}

	String getProperty() {
		return this.property;
	}

	String getValue() {
		return this.value;
	}

	@Nullable String getOrigin() {
		return this.origin;
	}

	String getReason() {
		return this.reason;
	}

}
