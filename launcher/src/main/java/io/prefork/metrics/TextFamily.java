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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A metric family in one of the text formats: Prometheus 0.0.4 or OpenMetrics 1.0.
 */
public final class TextFamily {

	/**
	 * The last line of a document in OpenMetrics.
	 */
	public static final String END = "# EOF";

	private final List<String> description = new ArrayList<>();

	private final List<String> samples = new ArrayList<>();

	private String type = "";

	private TextFamily() {
	}

	/**
	 * Take a document to pieces.
	 * @param document the document
	 * @return its families by their names, in their order
	 */
	public static Map<String, TextFamily> parse(byte[] document) {
		Map<String, TextFamily> families = new LinkedHashMap<>();
		TextFamily family = null;
		for (String line : text(document).split("\n", -1)) {
			if (line.startsWith("# ") && !line.equals(END)) {
				String[] words = line.split(" ", 4);
				family = families.computeIfAbsent(words[2], (name) -> new TextFamily());
				family.description.add(line);
				if (words[1].equals("TYPE")) {
					family.type = words[3];
				}
			}
			else if (family != null && !line.isEmpty() && !line.startsWith("#")) {
				family.samples.add(line);
			}
		}
		return families;
	}

	/**
	 * Whether a document says where it ends, as OpenMetrics wants it.
	 * @param document the document
	 * @return {@code true} if it does
	 */
	public static boolean isEnded(byte[] document) {
		return text(document).endsWith(END + "\n");
	}

	/**
	 * The lines that describe it.
	 * @return the lines
	 */
	public List<String> description() {
		return this.description;
	}

	/**
	 * Its samples.
	 * @return the lines, which may be added to
	 */
	public List<String> samples() {
		return this.samples;
	}

	/**
	 * Its type.
	 * @return the type as it is written
	 */
	public String type() {
		return this.type;
	}

	private static String text(byte[] document) {
		return new String(document, StandardCharsets.UTF_8);
	}

}
