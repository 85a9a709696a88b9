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

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.prefork.launcher.config.ClassPath;
import io.prefork.launcher.config.JavaCommand;
import io.prefork.launcher.config.StartupException;
import io.prefork.launcher.supervisor.ExitCodes;

/**
 * Finds out how the JVM that runs this code was started, so that it can be started again.
 */
public final class CurrentJvm {

	private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

	private CurrentJvm() {
	}

	/**
	 * The id of this process.
	 * @return the process id
	 */
	public static long pid() {
		return ProcessHandle.current().pid();
	}

	/**
	 * The options that the user gave this JVM, with those of argument files and
	 * environment variables.
	 * @return the options
	 */
	static List<String> options() {
		return Objects.requireNonNullElseGet(FirstJvm.options(),
				ManagementFactory.getRuntimeMXBean()::getInputArguments);
	}

	/**
	 * The command that would start this JVM again, with the options of argument files and
	 * environment variables put in.
	 * @param arguments the application's arguments, as far as it says which ones it got
	 * @return the command
	 * @throws StartupException if the JVM was started in a way that can't be repeated
	 */
	public static JavaCommand command(List<String> arguments) {
		String module = System.getProperty("jdk.module.main");
		if (module != null) {
			throw new StartupException(ExitCodes.USAGE, ("The application was started from module %s, which can't be "
					+ "repeated for workers; start it from a jar or a class path")
				.formatted(module));
		}
		String classPath = System.getProperty("java.class.path");
		String started = System.getProperty("sun.java.command", "");
		List<String> words = commandLine();
		String jar = FirstJvm.isReplaced() ? FirstJvm.jarIn(words) : null;
		if (jar != null) {
			started = jar + started.substring(classPath.length());
			classPath = jar;
		}
		if (!isJar(started, classPath)) {
			classPath = written(classPath, words, System.getenv("CLASSPATH"));
		}
		return command(started, classPath, List.of(words, arguments), options());
	}

	/**
	 * The class path with its wildcards: others than today's jars may be there tomorrow.
	 * @param classPath the class path without them
	 * @param commandLine the words of the command line
	 * @param variable the environment variable that may have it; {@code null} if it is
	 * not set
	 * @return the class path as it was written, or without wildcards if that can't be
	 * told
	 */
	static String written(String classPath, List<String> commandLine, @Nullable String variable) {
		List<String> candidates = new ArrayList<>(commandLine);
		if (variable != null) {
			candidates.add(variable);
		}
		Set<String> entries = Set.copyOf(List.of(classPath.split(File.pathSeparator, -1)));
		for (String candidate : candidates) {
			try {
				if (ClassPath.hasWildcards(candidate) && entries.equals(Set.copyOf(ClassPath.expand(candidate)))) {
					return candidate;
				}
			}
			catch (IOException | IllegalArgumentException ex) {
				// It is no class path.
			}
		}
		return classPath;
	}

	/**
	 * Put a command together.
	 * @param started the main class or jar and the arguments, joined by blanks
	 * @param classPath the class path; that of {@code -jar} is the jar
	 * @param candidates words of which the last ones may be the arguments, the most
	 * likely first
	 * @param options the JVM options
	 * @return the command
	 * @throws StartupException if it can't be told which the arguments were
	 */
	static JavaCommand command(String started, String classPath, List<List<String>> candidates, List<String> options) {
		boolean jar = isJar(started, classPath);
		String main = jar ? classPath : started.split(" ", 2)[0];
		List<String> launch = jar ? List.of("-jar", classPath) : List.of("-cp", classPath, main);
		List<String> arguments = (started.length() > main.length())
				? arguments(started.substring(main.length() + 1), candidates) : List.of();
		return new JavaCommand(JavaCommand.executable(null), options, launch, arguments, true);
	}

	private static boolean isJar(String started, String classPath) {
		return started.equals(classPath) || started.startsWith(classPath + " ");
	}

	/**
	 * Find the arguments. The JVM tells them joined by blanks, so not where one with
	 * blanks begins; the words of the command line tell that, unless they come from an
	 * argument file, and the application's main method tells it, unless that changes
	 * them.
	 * @param joined the arguments, joined by blanks
	 * @param candidates words of which the last ones may be the arguments
	 * @return the arguments
	 */
	private static List<String> arguments(String joined, List<List<String>> candidates) {
		for (List<String> words : candidates) {
			for (int first = words.size() - 1; first >= 0; first--) {
				List<String> last = words.subList(first, words.size());
				if (String.join(" ", last).equals(joined)) {
					return last;
				}
			}
		}
		throw new StartupException(ExitCodes.USAGE, ("The application's arguments can't be told (\"%s\"), so workers "
				+ "can't be given the same; pass them to SpringApplication.run as main gets them, or don't use an "
				+ "argument file for them")
			.formatted(joined));
	}

	/**
	 * The words with which the user started this JVM, as proc(5) shows them.
	 * @return the words; none if they can't be read
	 */
	static List<String> commandLine() {
		List<String> first = FirstJvm.commandLine();
		if (first != null) {
			return first;
		}
		try {
			return words(Files.readString(COMMAND_LINE, StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	/**
	 * Split a command line as proc(5) shows it: a zero ends each word, also an empty one.
	 * @param commandLine the command line
	 * @return its words
	 */
	static List<String> words(String commandLine) {
		List<String> words = List.of(commandLine.split("\0", -1));
		return words.subList(0, words.size() - 1);
	}

	/**
	 * The feature version of a Java installation.
	 * @param java the {@code java} executable
	 * @return the version, or {@code null} if it can't be told
	 */
	public static @Nullable Integer featureVersion(Path java) {
		try {
			Path release = java.toRealPath().resolveSibling("..").resolve("release");
			return Files.readAllLines(release)
				.stream()
				.filter((line) -> line.startsWith("JAVA_VERSION="))
				.map((line) -> line.replaceAll("JAVA_VERSION=|\"", ""))
				.map((version) -> Runtime.Version.parse(version).feature())
				.findFirst()
				.orElse(null);
		}
		catch (IOException | IllegalArgumentException ex) {
			return null;
		}
	}

}
