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

package io.prefork.launcher.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.prefork.contract.Setting;

/**
 * Settings that are tried.
 *
 * @param workers the number of workers
 * @param settings the values of other settings that differ between candidates, by the
 * names of the settings without {@code prefork.}
 */
public record Candidate(int workers, Map<String, String> settings) {

	public Candidate {
		settings = new LinkedHashMap<>(settings);
	}

	/**
	 * The settings as arguments of an application.
	 * @return the arguments
	 */
	public List<String> arguments() {
		List<String> arguments = new ArrayList<>();
		all().forEach((name, value) -> arguments.add("--prefork.%s=%s".formatted(name, value)));
		return arguments;
	}

	/**
	 * The settings as they are in {@code application.yml}.
	 * @return the lines
	 */
	public List<String> yaml() {
		List<String> lines = new ArrayList<>();
		lines.add("prefork:");
		all().forEach((name, value) -> lines.add("  %s: %s".formatted(name, value)));
		return lines;
	}

	/**
	 * The settings in a line.
	 * @return such as "workers=2 event-loops=1"
	 */
	@Override
	public String toString() {
		return all().entrySet()
			.stream()
			.map((setting) -> setting.getKey() + "=" + setting.getValue())
			.collect(Collectors.joining(" "));
	}

	private Map<String, String> all() {
		Map<String, String> all = new LinkedHashMap<>();
		all.put(Setting.WORKERS.label(), Integer.toString(this.workers));
		all.putAll(this.settings);
		return all;
	}

}
