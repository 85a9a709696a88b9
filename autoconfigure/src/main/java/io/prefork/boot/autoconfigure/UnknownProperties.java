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

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.prefork.contract.Setting;

/**
 * Finds names below {@code prefork} that mean nothing, most likely because of a typing
 * error.
 */
public final class UnknownProperties {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("prefork");

	private static final List<ConfigurationPropertyName> KNOWN = Stream.of(Setting.values())
		.map((setting) -> ConfigurationPropertyName.of(setting.property()))
		.toList();

	/**
	 * What the master tells its workers, and what Kubernetes tells about a service that
	 * is called prefork or begins with that.
	 */
	private static final Pattern FOREIGN_VARIABLE = Pattern.compile(
			"prefork\\.(worker\\..*|describe\\.file|training|predecessor|first\\..*|(.*\\.)?service\\.(host|port)(\\..*)?"
					+ "|(.*\\.)?port(\\[\\d+]\\..*)?)");

	private static final int SIMILAR = 3;

	private UnknownProperties() {
	}

	/**
	 * Find them.
	 * @param environment the prepared environment
	 * @return for each one a sentence that says where it comes from and what is similar
	 */
	public static List<String> in(Environment environment) {
		return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.flatMap(UnknownProperties::properties)
			.distinct()
			.map(UnknownProperties::describe)
			.toList();
	}

	private static Stream<ConfigurationProperty> properties(ConfigurationPropertySource source) {
		if (!(source instanceof IterableConfigurationPropertySource iterable)) {
			return Stream.empty();
		}
		boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
		return iterable.stream()
			.filter((name) -> PREFIX.isAncestorOf(name) && !isKnown(name))
			.filter((name) -> !variables || !isVariable(name.toString()))
			.map(iterable::getConfigurationProperty)
			.filter((property) -> property != null);
	}

	private static boolean isKnown(ConfigurationPropertyName name) {
		return KNOWN.stream().anyMatch((known) -> known.equals(name) || known.isAncestorOf(name));
	}

	/**
	 * Whether a variable is none of the application's, or has an underscore for each
	 * dash, which Spring Boot understands too.
	 * @param name the name that it is read as
	 * @return {@code true} if nothing is to be said about it
	 */
	private static boolean isVariable(String name) {
		return FOREIGN_VARIABLE.matcher(name).matches()
				|| KNOWN.stream().anyMatch((known) -> known.toString().replace('-', '.').equals(name));
	}

	private static String describe(ConfigurationProperty property) {
		String similar = similar(property.getName().toString());
		return "%s means nothing and is ignored (%s)%s".formatted(property.getName(),
				(property.getOrigin() != null) ? property.getOrigin() : "origin unknown",
				(similar != null) ? "; did you mean %s?".formatted(similar) : "");
	}

	private static @Nullable String similar(String name) {
		return KNOWN.stream()
			.map(ConfigurationPropertyName::toString)
			.filter((known) -> distance(known, name) <= SIMILAR)
			.min(Comparator.comparingInt((known) -> distance(known, name)))
			.orElse(null);
	}

	/**
	 * How many characters have to be put in, left out or changed (Levenshtein distance).
	 * @param one a text
	 * @param other another text
	 * @return the number
	 */
	private static int distance(String one, String other) {
		int[] before = new int[other.length() + 1];
		for (int i = 0; i <= one.length(); i++) {
			int[] row = new int[other.length() + 1];
			for (int j = 0; j <= other.length(); j++) {
				if (i == 0 || j == 0) {
					row[j] = i + j;
				}
				else {
					int change = (one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1;
					row[j] = Math.min(before[j - 1] + change, 1 + Math.min(before[j], row[j - 1]));
				}
			}
			before = row;
		}
		return before[other.length()];
	}

}
