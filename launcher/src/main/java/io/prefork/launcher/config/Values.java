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

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.Labels;
import io.prefork.contract.Setting;
import io.prefork.launcher.supervisor.ExitCodes;

/**
 * Settings as the application reported them, by their names.
 *
 * @param reported the values, see {@link Setting#label}
 */
record Values(Map<String, String> reported) {

	Duration duration(Setting setting) {
		return Duration.parse(text(setting));
	}

	long number(Setting setting) {
		return Long.parseLong(text(setting));
	}

	long numberOr(Setting setting, long otherwise) {
		return this.reported.containsKey(setting.label()) ? number(setting) : otherwise;
	}

	int count(Setting setting) {
		return Math.toIntExact(number(setting));
	}

	boolean flag(Setting setting) {
		return Boolean.parseBoolean(text(setting));
	}

	double fraction(Setting setting) {
		return Double.parseDouble(text(setting));
	}

	<E extends Enum<E>> E constant(Setting setting, Class<E> type) {
		return Labels.constant(type, text(setting));
	}

	@Nullable Path path(Setting setting) {
		String value = this.reported.get(setting.label());
		return (value != null) ? Path.of(value) : null;
	}

	/**
	 * A value as it is.
	 * @param setting the setting
	 * @return the value
	 * @throws StartupException if it was not reported
	 */
	String text(Setting setting) {
		String value = this.reported.get(setting.label());
		if (value == null) {
			throw new StartupException(ExitCodes.USAGE,
					("The application did not report %s; "
							+ "the launcher and the starter in the application have to be of the same version")
						.formatted(setting.property()));
		}
		return value;
	}

}
