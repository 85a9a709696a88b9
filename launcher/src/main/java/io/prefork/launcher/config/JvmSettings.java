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
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.prefork.contract.Setting;

/**
 * The JVMs of workers.
 *
 * @param options options for them
 * @param inherits whether they get those of the first JVM, too
 * @param javaHome the Java installation they run on; {@code null} for the master's own
 * @param heap the largest heap in bytes; 0 for a share of the memory
 * @param memoryFraction how much of the memory is for the service, from 0 to 1
 */
public record JvmSettings(List<String> options, boolean inherits, @Nullable Path javaHome, long heap,
		double memoryFraction) {

	static JvmSettings from(Values values) {
		return new JvmSettings(values.text(Setting.JVM_OPTIONS).lines().toList(),
				values.flag(Setting.JVM_OPTIONS_INHERIT), values.path(Setting.JVM_JAVA_HOME),
				values.numberOr(Setting.JVM_HEAP, 0), values.fraction(Setting.JVM_MEMORY_FRACTION));
	}

	/**
	 * What the user wants for workers alone.
	 * @return options for the JVM; a later one wins
	 */
	public List<String> forWorkers() {
		List<String> options = new ArrayList<>();
		if (this.heap > 0) {
			options.add("-Xmx%dk".formatted(this.heap >> 10));
		}
		options.addAll(this.options);
		return options;
	}

	/**
	 * The options of workers that come from the first JVM.
	 * @param first its options
	 * @return those that are inherited: system properties always
	 */
	public List<String> inherited(List<String> first) {
		return this.inherits ? first : first.stream().filter((option) -> option.startsWith("-D")).toList();
	}

}
