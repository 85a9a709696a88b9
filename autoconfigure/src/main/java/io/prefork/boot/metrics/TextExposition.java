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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.prefork.metrics.TextFamily;

/**
 * Several documents in one of the text formats (Prometheus 0.0.4 or OpenMetrics 1.0) as
 * one, in which each family is described once. A family that has another type in a later
 * document is left out there.
 */
final class TextExposition implements Exposition {

	private final Map<String, TextFamily> families = new LinkedHashMap<>();

	private boolean ended;

	@Override
	public void add(byte[] document) {
		this.ended |= TextFamily.isEnded(document);
		TextFamily.parse(document).forEach((name, family) -> {
			TextFamily known = this.families.putIfAbsent(name, family);
			if (known != null && known.type().equals(family.type())) {
				known.samples().addAll(family.samples());
			}
		});
	}

	@Override
	public byte[] toByteArray() {
		return toByteArray(null);
	}

	/**
	 * Write some families.
	 * @param includedNames the names of the wanted metrics; {@code null} for all
	 * @return a document of the format of those that were added
	 */
	byte[] toByteArray(@Nullable Set<String> includedNames) {
		StringBuilder text = new StringBuilder();
		this.families.forEach((name, family) -> {
			if (includedNames == null || includedNames.contains(name)
					|| includedNames.contains(name.replaceFirst("_total$", ""))) {
				family.description().forEach((line) -> text.append(line).append('\n'));
				family.samples().forEach((line) -> text.append(line).append('\n'));
			}
		});
		if (this.ended) {
			text.append(TextFamily.END).append('\n');
		}
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

}
