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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.prefork.contract.Setting;

/**
 * What is to be tried: each number of workers with each combination of other settings.
 *
 * @param workers the numbers of workers, from the smallest
 * @param search whether to leave out larger numbers when one has gained nothing
 * @param combinations the values of other settings by their names
 */
public record Candidates(List<Integer> workers, boolean search, List<Map<String, String>> combinations) {

	/**
	 * Their values may have commas in them.
	 */
	private static final Set<Setting> SINGLE = Set.of(Setting.JVM_OPTIONS, Setting.BUDGETS);

	private static final int MOST_PER_CPU = 2;

	public Candidates {
		workers = List.copyOf(workers);
		combinations = List.copyOf(combinations);
	}

	/**
	 * Read what somebody wants to try.
	 * @param settings settings with one value, or with several between commas
	 * @param cpus the number of CPUs; without a number of workers, 1, 2, 4 ... up to
	 * twice as many are tried
	 * @return the candidates
	 * @throws IllegalArgumentException if a number of workers is none
	 */
	public static Candidates of(Map<Setting, String> settings, int cpus) {
		List<Map<String, String>> others = List.of(Map.of());
		for (Map.Entry<Setting, String> setting : settings.entrySet()) {
			if (setting.getKey() != Setting.WORKERS) {
				others = with(others, setting.getKey().label(), values(setting));
			}
		}
		String said = settings.get(Setting.WORKERS);
		return (said != null) ? new Candidates(numbers(said, cpus), false, others)
				: new Candidates(powersOfTwo(MOST_PER_CPU * cpus), true, others);
	}

	/**
	 * How many there are at most.
	 * @return the number
	 */
	public int count() {
		return this.workers.size() * this.combinations.size();
	}

	private static List<String> values(Map.Entry<Setting, String> setting) {
		return SINGLE.contains(setting.getKey()) ? List.of(setting.getValue())
				: Arrays.asList(setting.getValue().split(",", -1));
	}

	private static List<Integer> powersOfTwo(int most) {
		return Stream.iterate(1, (number) -> number <= most, (number) -> 2 * number).toList();
	}

	private static List<Integer> numbers(String texts, int cpus) {
		return Arrays.stream(texts.split(",", -1))
			.map((text) -> number(text.strip(), cpus))
			.sorted()
			.distinct()
			.toList();
	}

	private static List<Map<String, String>> with(List<Map<String, String>> combinations, String name,
			List<String> values) {
		List<Map<String, String>> all = new ArrayList<>();
		for (Map<String, String> combination : combinations) {
			for (String value : values) {
				Map<String, String> extended = new LinkedHashMap<>(combination);
				extended.put(name, value.strip());
				all.add(extended);
			}
		}
		return all;
	}

	private static int number(String text, int cpus) {
		if (text.equals("auto")) {
			return cpus;
		}
		try {
			int number = Integer.parseInt(text);
			if (number > 0) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Said below.
		}
		throw new IllegalArgumentException(
				"'%s' is not a number of workers; several go with commas, as in 1,2,4".formatted(text));
	}

}
