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

package io.prefork.boot.environment;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * The log file of a worker: of several processes that write and rotate one file, each
 * would move away what another one writes into.
 */
public final class LogFileName {

	private static final String NAME = "logging.file.name";

	private static final String PATH = "logging.file.path";

	private static final String DEFAULT = "spring.log";

	private LogFileName() {
	}

	/**
	 * The properties of a worker that logs into a file: the number goes before the
	 * extension of its name.
	 * @param environment the application's properties
	 * @param number a number that no other living worker has
	 * @return the properties that are different; none if no worker logs into a file
	 */
	public static Map<String, Object> of(ConfigurableEnvironment environment, int number) {
		Map<String, Object> properties = new HashMap<>();
		String file = file(environment);
		if (file != null && !namesWorker(environment)) {
			int slash = file.lastIndexOf('/');
			int dot = file.lastIndexOf('.');
			int end = (dot > slash + 1) ? dot : file.length();
			properties.put(NAME, "%s-%d%s".formatted(file.substring(0, end), number, file.substring(end)));
		}
		return properties;
	}

	/**
	 * Whether the user has put the worker into the name already.
	 * @param environment the application's properties
	 * @return {@code true} if so
	 */
	private static boolean namesWorker(ConfigurableEnvironment environment) {
		return environment.getPropertySources()
			.stream()
			.flatMap((source) -> Stream.of(NAME, PATH).map(source::getProperty))
			.anyMatch((value) -> value != null && value.toString().contains("${prefork.worker."));
	}

	private static @Nullable String file(Environment environment) {
		String name = environment.getProperty(NAME, "");
		String path = environment.getProperty(PATH, "");
		if (!name.isEmpty()) {
			return name;
		}
		return path.isEmpty() ? null : path + "/" + DEFAULT;
	}

}
