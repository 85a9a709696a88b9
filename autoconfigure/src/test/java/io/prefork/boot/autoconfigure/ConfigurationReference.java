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

package io.prefork.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.prefork.contract.Labels;

/**
 * The generated part of the configuration reference.
 */
final class ConfigurationReference {

	private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

	private static final String BEGIN = "<!-- begin generated -->\n";

	private static final String END = "<!-- end generated -->\n";

	private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("java.lang.Integer", "whole number"),
			Map.entry("java.lang.Long", "whole number"), Map.entry("java.lang.Double", "number"),
			Map.entry("java.lang.Boolean", "`true`, `false`"), Map.entry("java.lang.String", "text"),
			Map.entry("java.time.Duration", "duration"), Map.entry("java.nio.file.Path", "path"),
			Map.entry("java.util.List<java.lang.String>", "list of texts"),
			Map.entry("org.springframework.util.unit.DataSize", "size"),
			Map.entry(WorkerCount.class.getName(), "`auto` or a whole number"),
			Map.entry("java.util.List<io.prefork.boot.control.BindAddress>", "list of addresses"));

	private ConfigurationReference() {
	}

	static List<Property> properties() throws IOException {
		JsonNode metadata = JsonMapper.shared().readTree(Files.readString(METADATA));
		return StreamSupport.stream(metadata.get("properties").spliterator(), false)
			.map(Property::of)
			.filter((property) -> property.name().startsWith("prefork."))
			.toList();
	}

	static String insertInto(String page) throws IOException {
		int begin = page.indexOf(BEGIN);
		int end = page.indexOf(END);
		return page.substring(0, begin) + BEGIN + table(properties()) + page.substring(end);
	}

	private static String table(List<Property> properties) {
		StringBuilder table = new StringBuilder("""
				| property | type | default | meaning |
				|---|---|---|---|
				""");
		properties.forEach((property) -> table.append(property.row()));
		return table.toString();
	}

	/**
	 * One property.
	 *
	 * @param name its name
	 * @param type its Java type
	 * @param defaultValue its default
	 * @param description its description
	 */
	record Property(String name, String type, @Nullable String defaultValue, @Nullable String description) {

		private static Property of(JsonNode node) {
			return new Property(node.get("name").asString(), node.get("type").asString(), text(node, "defaultValue"),
					text(node, "description"));
		}

		private static @Nullable String text(JsonNode node, String field) {
			JsonNode value = node.get(field);
			return (value != null) ? value.asString() : null;
		}

		private String row() {
			String value = (this.defaultValue != null) ? "`" + this.defaultValue + "`" : "–";
			return "| `%s` | %s | %s | %s |\n".formatted(this.name, typeInWords(), value, this.description);
		}

		private String typeInWords() {
			String words = TYPES.get(this.type);
			if (words != null) {
				return words;
			}
			try {
				Object[] constants = Class.forName(this.type).getEnumConstants();
				return Arrays.stream(constants)
					.map((constant) -> "`" + Labels.of((Enum<?>) constant) + "`")
					.collect(Collectors.joining(", "));
			}
			catch (ClassNotFoundException ex) {
				throw new IllegalStateException("There are no words for the type of " + this, ex);
			}
		}

	}

}
