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

package io.prefork.launcher.sizing;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size in memory, as an option has it.
 *
 * @param bytes the bytes
 */
public record MemorySize(long bytes) {

	private static final Pattern FORM = Pattern.compile("(\\d+)([KMG]?)(I?B)?");

	/**
	 * Read a size.
	 * @param text such as "300M", "2GB" or "1048576"; a unit is 1,024 of the next smaller
	 * @return the size
	 * @throws IllegalArgumentException if it is none
	 */
	public static MemorySize parse(String text) {
		Matcher matcher = FORM.matcher(text.toUpperCase(Locale.ROOT));
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'%s' is not a size such as 300M or 2G".formatted(text));
		}
		int shift = switch (matcher.group(2)) {
			case "K" -> 10;
			case "M" -> 20;
			case "G" -> 30;
			default -> 0;
		};
		return new MemorySize(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift));
	}

}
