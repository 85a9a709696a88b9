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

import java.util.List;
import java.util.Random;

/**
 * Settings made up for a {@link RandomHistory}, as text for {@link SettingsText}.
 */
final class RandomSettings {

	private static final String BOUNDS = " boot-timeout=20s graceful-timeout=10s drain-delay=1s initial-delay=500ms"
			+ " max-delay=8s reset-after=15s reload-timeout=60s";

	private RandomSettings() {
	}

	/**
	 * Make up settings of a first generation.
	 * @param random the dice
	 * @param calm whether nobody ever hangs or fails
	 * @return the settings
	 */
	static String first(Random random, boolean calm) {
		String budget = pick(random, "surge=1", "surge=1", "surge=2", "surge=0 max-unavailable=1",
				"surge=0 max-unavailable=2");
		String fatal = calm ? " timeout=0s give-up-after=1000s"
				: pick(random, " timeout=10s", " timeout=10s", " timeout=4s", " timeout=0s")
						+ pick(random, " give-up-after=100s", " give-up-after=12s");
		return "workers=" + (1 + random.nextInt(4)) + pick(random, " cpus=4", " cpus=2", " cpus=1") + " seed="
				+ random.nextInt(1000) + " " + budget + BOUNDS + fatal + later(random);
	}

	/**
	 * Make up what another generation changes.
	 * @param random the dice
	 * @return the settings that it changes
	 */
	static String later(Random random) {
		String size = pick(random, "", "", " workers=" + (1 + random.nextInt(5)));
		return size + pick(random, " spares=0", " spares=0", " spares=1", " spares=2")
				+ pick(random, " canary=0s", " canary=5s") + pick(random, "", " max-age=25s max-age-jitter=10s")
				+ pick(random, "", " max-requests=1000 max-requests-jitter=500") + pick(random, "", " max-rss=1000")
				+ pick(random, " jitter=0", " jitter=0.2");
	}

	private static String pick(Random random, String... texts) {
		return List.of(texts).get(random.nextInt(texts.length));
	}

}
