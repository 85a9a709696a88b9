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

package io.prefork.contract;

import java.util.Arrays;
import java.util.Locale;

/**
 * How constants are written in properties and logs: as they call themselves, in lower
 * case.
 */
public final class Labels {

	private Labels() {
	}

	/**
	 * The label of a constant.
	 * @param constant the constant
	 * @return its label
	 */
	public static String of(Enum<?> constant) {
		return constant.toString().toLowerCase(Locale.ROOT);
	}

	/**
	 * The constant with a label.
	 * @param <E> the type of the constant
	 * @param type the type of the constant
	 * @param label its label
	 * @return the constant
	 * @throws IllegalArgumentException if there is none
	 */
	public static <E extends Enum<E>> E constant(Class<E> type, String label) {
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> of(constant).equals(label))
			.findFirst()
			.orElseThrow(
					() -> new IllegalArgumentException("There is no %s '%s'".formatted(type.getSimpleName(), label)));
	}

}
