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

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import org.jspecify.annotations.Nullable;

import io.prefork.contract.Labels;

/**
 * Writes what commands report for programs: the form is that of the actuator, with
 * durations and times as ISO 8601 has them.
 */
public final class Json {

	private static final Gson GSON = new GsonBuilder().setPrettyPrinting()
		.disableHtmlEscaping()
		.registerTypeHierarchyAdapter(Enum.class, labels())
		.registerTypeAdapter(Duration.class, text())
		.registerTypeAdapter(Duration.class, parsed(Duration::parse))
		.registerTypeAdapter(Instant.class, text())
		.registerTypeAdapter(Instant.class, parsed(Instant::parse))
		.create();

	private Json() {
	}

	/**
	 * Write a record.
	 * @param record the record
	 * @return the text
	 */
	public static String of(Object record) {
		return GSON.toJson(record);
	}

	/**
	 * Read a record that was written with {@link #of}.
	 * @param text the text
	 * @param type the type of the record, which has no enums in it
	 * @param <T> the type of the record
	 * @return the record; {@code null} if the text is empty
	 * @throws IllegalArgumentException if it is something else
	 */
	public static <T> @Nullable T read(String text, Class<T> type) {
		try {
			return GSON.fromJson(text, type);
		}
		catch (JsonParseException | DateTimeException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	private static JsonSerializer<Enum<?>> labels() {
		return (value, type, context) -> new JsonPrimitive(Labels.of(value));
	}

	private static JsonSerializer<Object> text() {
		return (value, type, context) -> new JsonPrimitive(value.toString());
	}

	private static JsonDeserializer<Object> parsed(Function<String, Object> parser) {
		return (value, type, context) -> parser.apply(value.getAsString());
	}

}
