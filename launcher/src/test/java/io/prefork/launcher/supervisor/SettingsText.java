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

package io.prefork.launcher.supervisor;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Settings as they are written in scenarios: words {@code name=value}, each of which
 * overrides a default that leaves everything out that a scenario does not ask for.
 */
final class SettingsText {

	private static final String DEFAULTS = "workers=2 cpus=8 spares=0 surge=1 max-unavailable=0 boot-timeout=60s timeout=0s "
			+ "graceful-timeout=30s drain-delay=0s initial-delay=1s multiplier=2 max-delay=30s jitter=0 "
			+ "reset-after=60s give-up-after=600s max-requests=0 max-requests-jitter=0 max-age=0s max-age-jitter=0s "
			+ "max-rss=0 canary=10s max-error-rate=0.05 reload-timeout=300s alone=0 each-generation=0 seed=1";

	private final Map<String, String> values = new HashMap<>();

	private SettingsText() {
		words(DEFAULTS).forEach((pair) -> this.values.put(pair[0], pair[1]));
	}

	/**
	 * Read the settings of a generation.
	 * @param number its number
	 * @param lines words, of which later ones override earlier ones
	 * @return the generation
	 */
	static Generation parse(int number, String... lines) {
		SettingsText text = new SettingsText();
		Stream.of(lines).flatMap(SettingsText::words).forEach(text::override);
		return new Generation(number, (int) text.number("workers"), (int) text.number("cpus"), text.number("seed"),
				text.settings(), Map.of());
	}

	private static Stream<String[]> words(String line) {
		return Stream.of(line.split(" ")).filter((word) -> !word.isEmpty()).map((word) -> word.split("=", 2));
	}

	private void override(String[] pair) {
		if (this.values.put(pair[0], pair[1]) == null) {
			throw new IllegalArgumentException("There is no setting '%s'".formatted(pair[0]));
		}
	}

	private SupervisorSettings settings() {
		RestartPolicy restart = new RestartPolicy(time("initial-delay"), decimal("multiplier"), time("max-delay"),
				decimal("jitter"), time("reset-after"), time("give-up-after"));
		RecyclePolicy recycle = new RecyclePolicy(number("max-requests"), number("max-requests-jitter"),
				time("max-age"), time("max-age-jitter"), number("max-rss"));
		ReloadPolicy reload = new ReloadPolicy(time("canary"), decimal("max-error-rate"), time("reload-timeout"));
		Capacity capacity = new Capacity((int) number("spares"), (int) number("surge"),
				(int) number("max-unavailable"));
		TimeLimits limits = new TimeLimits(time("boot-timeout"), time("timeout"), time("graceful-timeout"),
				time("drain-delay"));
		return new SupervisorSettings(capacity, limits, restart, recycle, reload,
				new Initialization(number("alone") > 0, number("each-generation") > 0));
	}

	private String value(String name) {
		return this.values.getOrDefault(name, "");
	}

	private Duration time(String name) {
		return Times.parse(value(name));
	}

	private long number(String name) {
		return Long.parseLong(value(name));
	}

	private double decimal(String name) {
		return Double.parseDouble(value(name));
	}

}
