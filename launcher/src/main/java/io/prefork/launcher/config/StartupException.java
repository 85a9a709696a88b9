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

package io.prefork.launcher.config;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * The master can't start. The message says what failed, where, and what to do.
 */
public final class StartupException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final int exitCode;

	/**
	 * Create an exception.
	 * @param exitCode the exit code of the master
	 * @param message what failed, where, and what to do
	 */
	public StartupException(int exitCode, String message) {
		this(exitCode, message, null);
	}

	/**
	 * Create an exception.
	 * @param exitCode the exit code of the master
	 * @param message what failed, where, and what to do
	 * @param cause the cause, if there is one
	 */
	public StartupException(int exitCode, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.exitCode = exitCode;
	}

	/**
	 * The exit code of the master.
	 * @return the exit code
	 */
	public int exitCode() {
		return this.exitCode;
	}

}
