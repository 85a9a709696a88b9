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

package io.prefork.boot;

import java.util.List;

import org.springframework.boot.SpringApplication;

/**
 * Looks at the stack to tell a start by {@code java} from one by a test or a tool.
 */
final class StartedFrom {

	private static final List<String> TESTS = List.of("org.junit.", "org.testng.", "org.springframework.test.",
			"org.springframework.boot.test.", "io.cucumber.", "org.spockframework.", "io.kotest.");

	private StartedFrom() {
	}

	/**
	 * Whether the application was started by its own main method, which the JVM called,
	 * or Boot's loader for the JVM.
	 * @return {@code true} if so
	 */
	static boolean main() {
		return isMain(List.of(Thread.currentThread().getStackTrace()));
	}

	/**
	 * The same for a given stack.
	 * @param stack the frames, innermost first
	 * @return {@code true} if so
	 */
	static boolean isMain(List<StackTraceElement> stack) {
		List<StackTraceElement> application = stack.stream().filter((frame) -> !isInternal(frame)).toList();
		if (application.stream().anyMatch((frame) -> TESTS.stream().anyMatch(frame.getClassName()::startsWith))) {
			return false;
		}
		long runs = application.stream()
			.filter((frame) -> frame.getClassName().equals(SpringApplication.class.getName())
					&& frame.getMethodName().equals("prepareEnvironment"))
			.count();
		StackTraceElement outermost = application.get(application.size() - 1);
		return outermost.getMethodName().equals("main") && runs <= 1;
	}

	private static boolean isInternal(StackTraceElement frame) {
		return frame.getClassName().startsWith("java.") || frame.getClassName().startsWith("jdk.");
	}

}
