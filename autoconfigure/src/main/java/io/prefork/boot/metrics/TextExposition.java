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

package io.prefork.boot.metrics;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several documents in one of the text formats (Prometheus 0.0.4 or OpenMetrics 1.0) as
 * one, in which each family is described once. A family that has another type in a later
 * document is left out there.
 */
final class TextExposition {

	private static final String END = "# EOF";

	private final Map<String, Family> families = new LinkedHashMap<>();

	private boolean ended;

	/**
	 * Add a document.
	 * @param document the document
	 */
	void add(byte[] document) {
		Map<String, Family> added = new LinkedHashMap<>();
		Family family = null;
		for (String line : new String(document, StandardCharsets.UTF_8).split("\n", -1)) {
			if (line.equals(END)) {
				this.ended = true;
			}
			else if (line.startsWith("# ")) {
				String[] words = line.split(" ", 4);
				family = added.computeIfAbsent(words[2], (name) -> new Family());
				family.describe(line, words);
			}
			else if (family != null && !line.isEmpty()) {
				family.samples.add(line);
			}
		}
		added.forEach(this::merge);
	}

	byte[] toByteArray() {
		StringBuilder text = new StringBuilder();
		this.families.values().forEach((family) -> {
			family.description.forEach((line) -> text.append(line).append('\n'));
			family.samples.forEach((line) -> text.append(line).append('\n'));
		});
		if (this.ended) {
			text.append(END).append('\n');
		}
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

	private void merge(String name, Family family) {
		Family known = this.families.putIfAbsent(name, family);
		if (known != null && known.type.equals(family.type)) {
			known.samples.addAll(family.samples);
		}
	}

	/**
	 * A metric family.
	 */
	private static final class Family {

		private final List<String> description = new ArrayList<>();

		private final List<String> samples = new ArrayList<>();

		private String type = "";

		private void describe(String line, String[] words) {
			this.description.add(line);
			if ("TYPE".equals(words[1])) {
				this.type = words[3];
			}
		}

	}

}
