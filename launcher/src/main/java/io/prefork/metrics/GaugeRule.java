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

package io.prefork.metrics;

import java.util.List;
import java.util.Map;

/**
 * What several gauges of one name are together.
 */
public enum GaugeRule {

	/**
	 * Their sum.
	 */
	SUM,

	/**
	 * The largest one.
	 */
	MAX,

	/**
	 * The smallest one.
	 */
	MIN,

	/**
	 * Their mean.
	 */
	MEAN;

	/**
	 * What is the same in all processes, since it is about the machine, or tells how long
	 * something took or has lasted.
	 */
	private static final List<String> LARGEST = List.of("system_", "disk_", "application_", "process_uptime_",
			"process_files_max_", "prefork_worker_loop_lag_");

	private static final List<String> SHARES = List.of("jvm_gc_overhead", "jvm_memory_usage_after_gc");

	private static final String START_TIME = "process_start_time";

	private static final String MAXIMUM = "_max";

	/**
	 * Find the rule for a gauge by its name alone.
	 * @param name its name, as Prometheus has it
	 * @return the rule
	 */
	public static GaugeRule of(String name) {
		if (LARGEST.stream().anyMatch(name::startsWith)) {
			return MAX;
		}
		if (name.startsWith(START_TIME)) {
			return MIN;
		}
		return SHARES.stream().anyMatch(name::startsWith) ? MEAN : SUM;
	}

	/**
	 * What gauges are together.
	 * @param sum their sum
	 * @param smallest the smallest
	 * @param largest the largest
	 * @param count how many there are
	 * @return their value
	 */
	public double apply(double sum, double smallest, double largest, long count) {
		return switch (this) {
			case SUM -> sum;
			case MAX -> largest;
			case MIN -> smallest;
			case MEAN -> sum / count;
		};
	}

	/**
	 * Find the rule for a gauge of a document.
	 * @param name its name
	 * @param families all families of the document: the maximum that belongs to a timer
	 * or a distribution is a gauge beside it
	 * @return the rule
	 */
	static GaugeRule of(String name, Map<String, ?> families) {
		if (name.endsWith(MAXIMUM) && families.containsKey(name.substring(0, name.length() - MAXIMUM.length()))) {
			return MAX;
		}
		return of(name);
	}

}
