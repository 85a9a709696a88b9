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

package io.prefork.launcher.report;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts as people read them.
 */
public final class Amounts {

	private static final long MIB = 1024 * 1024;

	private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|ms|s|m|h)");

	private static final Map<String, Duration> UNITS = Map.of("ns", Duration.ofNanos(1), "us", Duration.ofNanos(1000),
			"ms", Duration.ofMillis(1), "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h",
			Duration.ofHours(1));

	/**
	 * Below this the first decimal counts.
	 */
	private static final Duration EXACT = Duration.ofMillis(10);

	private Amounts() {
	}

	/**
	 * Read a duration.
	 * @param text such as "50ms", "1.5s" or "PT1M"
	 * @return the duration
	 * @throws IllegalArgumentException if it is none
	 */
	public static Duration parseDuration(String text) {
		Matcher matcher = DURATION.matcher(text);
		if (matcher.matches()) {
			Duration unit = Objects.requireNonNull(UNITS.get(matcher.group(2)));
			return Duration.ofNanos(Math.round(Double.parseDouble(matcher.group(1)) * unit.toNanos()));
		}
		try {
			return Duration.parse(text);
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException("'%s' is not a duration such as 50ms or 1.5s".formatted(text), ex);
		}
	}

	/**
	 * A duration in its two largest units.
	 * @param duration the duration
	 * @return such as "3h12m", "4.2s" or "15ms"
	 */
	public static String duration(Duration duration) {
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
	 * A latency, of which fractions of a millisecond matter.
	 * @param latency the latency
	 * @return such as "0.4ms", "15ms" or "1.2s"
	 */
	public static String latency(Duration latency) {
		return (latency.compareTo(EXACT) < 0) ? String.format(Locale.ROOT, "%.1fms", latency.toNanos() / 1e6)
				: duration(latency);
	}

	/**
	 * A size in memory.
	 * @param bytes the bytes
	 * @return such as "249M" or "1.4G"
	 */
	public static String bytes(long bytes) {
		return (bytes >= 1024 * MIB) ? String.format(Locale.ROOT, "%.1fG", bytes / (1024.0 * MIB))
				: (bytes / MIB) + "M";
	}

}
