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

package io.prefork.launcher.cli;

import java.time.Duration;
import java.util.Locale;

/**
 * Amounts as people read them.
 */
final class Amounts {

	private static final long MIB = 1024 * 1024;

	private Amounts() {
	}

	/**
	 * A duration in its two largest units.
	 * @param duration the duration
	 * @return such as "3h12m", "4.2s" or "15ms"
	 */
	static String duration(Duration duration) {
		Duration positive = duration.isNegative() ? Duration.ZERO : duration;
		if (positive.toDays() > 0) {
			return "%dd%dh".formatted(positive.toDays(), positive.toHoursPart());
		}
		if (positive.toHours() > 0) {
			return "%dh%dm".formatted(positive.toHours(), positive.toMinutesPart());
		}
		if (positive.toMinutes() > 0) {
			return "%dm%ds".formatted(positive.toMinutes(), positive.toSecondsPart());
		}
		return (positive.toSeconds() > 0) ? String.format(Locale.ROOT, "%.1fs", positive.toMillis() / 1000.0)
				: positive.toMillis() + "ms";
	}

	/**
	 * A size in memory.
	 * @param bytes the bytes
	 * @return such as "249M" or "1.4G"
	 */
	static String bytes(long bytes) {
		return (bytes >= 1024 * MIB) ? String.format(Locale.ROOT, "%.1fG", bytes / (1024.0 * MIB))
				: (bytes / MIB) + "M";
	}

}
