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

package io.prefork.launcher.process;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.JavaCommand;

/**
 * The JVM that the user started, which may have been replaced by another one in the same
 * process, see execve(2): same process id, same descriptors, same parent. What it was
 * started with is in the environment then.
 */
public final class FirstJvm {

	/**
	 * Its words; nothing in a JVM that must not be replaced.
	 */
	private static final String COMMAND = "PREFORK_FIRST_COMMAND";

	private static final String OPTIONS = "PREFORK_FIRST_OPTIONS";

	private FirstJvm() {
	}

	/**
	 * Whether this JVM may be replaced: it can do that, it was not yet, and what it was
	 * started with can be told.
	 * @return {@code true} if so
	 */
	public static boolean isReplaceable() {
		if (!NativeCall.isAvailable() || System.getenv(COMMAND) != null
				|| ChildJvm.OPTION_VARIABLES.stream().anyMatch(System.getenv()::containsKey)) {
			return false;
		}
		List<String> words = CurrentJvm.commandLine();
		return jarIn(words) != null && words.stream().noneMatch((word) -> word.startsWith("@"));
	}

	/**
	 * Whether this JVM has replaced the one that the user started.
	 * @return {@code true} if so
	 */
	public static boolean isReplaced() {
		return !System.getenv().getOrDefault(COMMAND, "").isEmpty();
	}

	/**
	 * Replace this JVM. All of its threads are gone, no shutdown hook runs.
	 * @param command what to run
	 * @throws ReflectiveOperationException if it can't be replaced, and so goes on
	 */
	public static void replace(JavaCommand command) throws ReflectiveOperationException {
		NativeCall.execute(command.toList(),
				Map.of(COMMAND, encode(CurrentJvm.commandLine()), OPTIONS, encode(CurrentJvm.options())));
	}

	/**
	 * Replace this JVM by one with the words of the user.
	 * @throws ReflectiveOperationException if it can't be replaced
	 */
	public static void restore() throws ReflectiveOperationException {
		NativeCall.execute(CurrentJvm.commandLine(), Map.of(COMMAND, "", OPTIONS, ""));
	}

	/**
	 * The words with which the user started it.
	 * @return the words; {@code null} if this JVM is the one
	 */
	static @Nullable List<String> commandLine() {
		return isReplaced() ? decode(System.getenv(COMMAND)) : null;
	}

	/**
	 * The options with which the user started it.
	 * @return the options; {@code null} if this JVM is the one
	 */
	static @Nullable List<String> options() {
		return isReplaced() ? decode(System.getenv(OPTIONS)) : null;
	}

	/**
	 * The jar that words run.
	 * @param words the words of a command
	 * @return the jar, or {@code null}
	 */
	static @Nullable String jarIn(List<String> words) {
		int option = words.indexOf("-jar");
		return (option > 0 && option + 1 < words.size()) ? words.get(option + 1) : null;
	}

	/**
	 * Remove what is known of it from the environment of another process.
	 * @param environment the environment variables to change
	 */
	static void removeFrom(Map<String, String> environment) {
		environment.keySet().removeAll(List.of(COMMAND, OPTIONS));
	}

	static String encode(List<String> words) {
		return words.stream()
			.map((word) -> URLEncoder.encode(word, StandardCharsets.UTF_8))
			.collect(Collectors.joining(" "));
	}

	static List<String> decode(String words) {
		return words.isEmpty() ? List.of()
				: Arrays.stream(words.split(" ", -1))
					.map((word) -> URLDecoder.decode(word, StandardCharsets.UTF_8))
					.toList();
	}

}
