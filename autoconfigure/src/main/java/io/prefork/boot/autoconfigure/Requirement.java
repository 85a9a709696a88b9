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

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.util.unit.DataSize;

import io.prefork.contract.Labels;

/**
 * What the value of a property has to be.
 */
enum Requirement {

	AT_LEAST_ONE("must be a whole number of at least 1",
			(value) -> value instanceof Number number && number.intValue() >= 1),

	COUNT("must be a whole number of 0 or more", (value) -> value instanceof Number number && number.longValue() >= 0),

	FACTOR("must be a number of at least 1", (value) -> value instanceof Number number && number.doubleValue() >= 1),

	SHARE("must be a number from 0 to 1",
			(value) -> value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1),

	DURATION("must be a duration of 0 or more, for instance 5s",
			(value) -> value instanceof Duration duration && !duration.isNegative()),

	POSITIVE("must be a duration longer than 0, for instance 30s",
			(value) -> value instanceof Duration duration && !duration.isNegative() && !duration.isZero()),

	SIZE("must be a size of 0 or more, for instance 512MB",
			(value) -> value instanceof DataSize size && !size.isNegative()),

	FLAG("must be true or false", (value) -> true),

	PATH_OF_REQUEST("must be empty or begin with /",
			(value) -> (value instanceof List<?> paths) ? paths.stream().allMatch(Requirement::isPath) : isPath(value)),

	WORKERS(WorkerCount.REQUIREMENT, (value) -> true),

	ANY("can't be read", (value) -> true);

	private final String reason;

	private final Predicate<Object> test;

	Requirement(String reason, Predicate<Object> test) {
		this.reason = reason;
		this.test = test;
	}

	/**
	 * What is required of a property: what its field says, or what its type needs.
	 * @param target what is bound
	 * @return the requirement
	 */
	static Requirement of(Bindable<?> target) {
		Requires requires = target.getAnnotation(Requires.class);
		return (requires != null) ? requires.value() : ofType(target.getType().resolve(Object.class));
	}

	private static Requirement ofType(Class<?> type) {
		if (type == int.class || type == Integer.class || type == long.class) {
			return COUNT;
		}
		if (type == Duration.class) {
			return DURATION;
		}
		if (type == DataSize.class) {
			return SIZE;
		}
		if (type == boolean.class) {
			return FLAG;
		}
		return (type == WorkerCount.class) ? WORKERS : ANY;
	}

	private static boolean isPath(Object value) {
		return value instanceof String path && (path.isEmpty() || path.startsWith("/"));
	}

	boolean isMetBy(Object value) {
		return this.test.test(value);
	}

	/**
	 * Why a value is wrong.
	 * @param target what was to be bound to it
	 * @param cause why it could not be read; {@code null} if it could
	 * @return the reason, which says what would be right
	 */
	String reason(Bindable<?> target, @Nullable Throwable cause) {
		Class<?> type = target.getType().resolve(Object.class);
		if (type.isEnum()) {
			return "must be one of: " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> Labels.of((Enum<?>) constant))
				.collect(Collectors.joining(", "));
		}
		return (this == ANY && cause != null) ? String.valueOf(cause.getMessage()) : this.reason;
	}

}
