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

package io.prefork.boot.liveness;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the application's own code in a stack.
 */
public final class Culprit {

	private static final List<String> NOT_THE_CULPRIT = List.of("java.", "jdk.", "sun.", "com.sun.", "io.netty.",
			"reactor.", "org.springframework.", "io.prefork.boot.", "org.reactivestreams.");

	private Culprit() {
	}

	/**
	 * Find the innermost frame that is not of a library below the application.
	 * @param stack the stack, the innermost frame first
	 * @return such as " in com.example.Shop.list(Shop.java:17)", or an empty text
	 */
	public static String in(StackTraceElement[] stack) {
		return Arrays.stream(stack)
			.filter((frame) -> NOT_THE_CULPRIT.stream().noneMatch(frame.getClassName()::startsWith))
			.findFirst()
			.map((frame) -> " in " + frame)
			.orElse("");
	}

}
