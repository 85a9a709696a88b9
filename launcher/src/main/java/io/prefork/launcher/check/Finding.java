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

package io.prefork.launcher.check;

/**
 * Something that a check has found.
 *
 * @param severity how bad it is
 * @param subject what it is about, in a word or two
 * @param found what was read, and where
 * @param why why it matters
 * @param remedy what to do about it
 */
public record Finding(Severity severity, String subject, String found, String why, String remedy) {

	static Finding warning(String subject, String found, String why, String remedy) {
		return new Finding(Severity.WARNING, subject, found, why, remedy);
	}

	static Finding advice(String subject, String found, String why, String remedy) {
		return new Finding(Severity.ADVICE, subject, found, why, remedy);
	}

	/**
	 * How bad it is.
	 */
	public enum Severity {

		/**
		 * The service does not do what its settings say, or loses something.
		 */
		WARNING,

		/**
		 * It could be better.
		 */
		ADVICE

	}

}
