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

import java.time.Duration;
import java.util.Map;

import io.prefork.launcher.supervisor.ExitCodes;

/**
 * Settings as the application reported them, by their names.
 *
 * @param reported the values, see {@link io.prefork.protocol.SettingNames}
 */
record Values(Map<String, String> reported) {

	Duration duration(String name) {
		return Duration.parse(text(name));
	}

	long number(String name) {
		return Long.parseLong(text(name));
	}

	double fraction(String name) {
		return Double.parseDouble(text(name));
	}

	/**
	 * A value as it is.
	 * @param name its name
	 * @return the value
	 * @throws StartupException if it was not reported
	 */
	String text(String name) {
		String value = this.reported.get(name);
		if (value == null) {
			throw new StartupException(ExitCodes.USAGE,
					("The application did not report prefork.%s; "
							+ "the launcher and the starter in the application have to be of the same version")
						.formatted(name));
		}
		return value;
	}

}
